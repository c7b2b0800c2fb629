#include <stdexcept>

#include "core/analysis/module.h"

using namespace zonewright::analysis;

namespace {

class Nothing final : public Run {
public:
    void declare(ParameterSet&) override {}
    zonewright::Result<void> prepare(Inputs&, zonewright::Progress&) override { return {}; }
    zonewright::Result<Outcome> run(zonewright::Progress&) override { return Outcome{}; }
};

Description describeThrowing() { throw std::runtime_error("no description"); }

}  // namespace

ZONEWRIGHT_MODULE(Nothing, describeThrowing)
