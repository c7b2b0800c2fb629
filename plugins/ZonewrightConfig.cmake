# find_package(Zonewright) gives the target zonewright::core and the function zonewright_module.
include(CMakeFindDependencyMacro)
find_dependency(fmt)
find_dependency(nlohmann_json)
include(${CMAKE_CURRENT_LIST_DIR}/ZonewrightTargets.cmake)
include(${CMAKE_CURRENT_LIST_DIR}/ZonewrightModule.cmake)
