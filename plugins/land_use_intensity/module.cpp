#include "core/analysis/module.h"
