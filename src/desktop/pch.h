#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <QtWidgets>

#include <fmt/format.h>
#include <tl/expected.hpp>
