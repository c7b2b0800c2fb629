# zonewright_module(id ENTRY file [SOURCES ...] [USES ...] [STYLES ...])
# One analysis module: a library the programs load at run time (src/core/analysis/README.md). Its SOURCES are also a
# static library, <id>_engine, so that tests reach them without loading anything. STYLES are QGIS styles of its layers,
# for modules from outside the product.
#
# Used by the product's own modules and, through find_package(Zonewright), by those of others. Where the library goes:
# ZONEWRIGHT_MODULE_OUTPUT when built and ZONEWRIGHT_MODULE_DESTINATION when installed, by default share/zonewright/plugins,
# so that `cmake --install build --prefix ~/.local` puts it where Zonewright looks for a user's modules.
function(zonewright_module id)
  cmake_parse_arguments(ARG "" "ENTRY" "SOURCES;USES;STYLES" ${ARGN})
  set(output ${PROJECT_BINARY_DIR}/plugins)
  if(ZONEWRIGHT_MODULE_OUTPUT)
    set(output ${ZONEWRIGHT_MODULE_OUTPUT})
  endif()
  set(destination share/zonewright/plugins)
  if(ZONEWRIGHT_MODULE_DESTINATION)
    set(destination ${ZONEWRIGHT_MODULE_DESTINATION})
  endif()

  add_library(${id} MODULE ${ARG_ENTRY})
  set(targets ${id})
  if(ARG_SOURCES)
    add_library(${id}_engine STATIC ${ARG_SOURCES})
    target_link_libraries(${id} PRIVATE ${id}_engine)
    list(APPEND targets ${id}_engine)
  endif()
  foreach(target ${targets})
    target_link_libraries(${target} PUBLIC zonewright::core ${ARG_USES})
    target_compile_features(${target} PUBLIC cxx_std_20)
    target_include_directories(${target} PUBLIC ${PROJECT_SOURCE_DIR})
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    if(TARGET zonewright_warnings)
      target_link_libraries(${target} PRIVATE zonewright_warnings)
    endif()
  endforeach()
  set_target_properties(${id} PROPERTIES
    PREFIX "" LIBRARY_OUTPUT_DIRECTORY ${output} CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
  install(TARGETS ${id} LIBRARY DESTINATION ${destination})
  if(ARG_STYLES)
    file(COPY ${ARG_STYLES} DESTINATION ${output})
    install(FILES ${ARG_STYLES} DESTINATION ${destination})
  endif()
endfunction()
