#include <fmt/format.h>

#include "core/analysis/module.h"

using namespace zonewright;
using namespace zonewright::analysis;

namespace {

/// Counts the features of a layer and keeps the number as a table row.
class Counting final : public Run {
public:
    void declare(ParameterSet& p) override {
        p.add("layer", {"图层", "Layer"}, mLayer).required().help({"要计数的图层", "The layer to count"});
        p.add("factor", {"倍数", "Factor"}, mFactor).range(1, 10);
        p.add("fail", {"失败", "Fail"}, mFail).choices({{"no", {"否", "No"}}, {"throw", {"抛出", "Throw"}}, {"finish", {"结束时", "At the end"}}});
    }
    Result<void> prepare(Inputs& inputs, Progress& progress) override {
        const auto read = inputs.read({.parameter = "layer", .layer = mLayer, .fields = {"name"}, .optionalFields = {}, .textFields = {}}, progress);
        if (!read) return tl::unexpected(read.error());
        mCount = static_cast<std::int64_t>(read->features.size()) * mFactor;
        return {};
    }
    Result<Outcome> run(Progress& progress) override {
        if (!progress.report(0.5, "counting")) return failure(ErrorCode::Cancelled, "");
        if (mFail == "throw") throw std::runtime_error("thrown on purpose");
        Outcome out;
        out.document["count"] = mCount;
        out.finding = {fmt::format("共 {} 个", mCount), fmt::format("{} in all", mCount)};
        out.layers.push_back({"counts", {plan::Feature{{}, {}, {}, {mCount}}}});
        return out;
    }
    Result<void> finish(const plan::Plan&, const Outcome&) override {
        if (mFail == "finish") return failure(ErrorCode::Internal, "failed on purpose");
        return {};
    }

private:
    LayerReference mLayer;
    std::int64_t mFactor = 1;
    std::string mFail = "no";
    std::int64_t mCount = 0;
};

Description describeCounting() {
    OutputDeclaration counts;
    counts.definition.id = "counts";
    counts.definition.title = {"计数", "Counts"};
    counts.definition.group = "analysis";
    catalogue::Field count;
    count.name = "count";
    count.type = catalogue::FieldType::Integer;
    count.title = {"数量", "Count"};
    counts.definition.fields = {count};
    return {.id = "counting", .version = "2.1", .title = {"计数", "Count"}, .help = {}, .shortName = "count", .outputs = {counts}};
}

}  // namespace

ZONEWRIGHT_MODULE(Counting, describeCounting)
