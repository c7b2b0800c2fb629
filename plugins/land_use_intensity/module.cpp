#include "intensity.h"

ZONEWRIGHT_MODULE(zonewright::intensity::IntensityRun, zonewright::intensity::describe)
