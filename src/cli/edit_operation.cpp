#include "cli/edit_operation.h"

#include <fmt/format.h>

#include "core/geometry/wkt.h"
#include "core/plan/features.h"

namespace zonewright::cli {
namespace {

using nlohmann::json;

/// Reads keys of one line and remembers the first that is wrong.
class Reader {
public:
    Reader(const plan::Plan& plan, const json& line, std::string layer) : mPlan(plan), mLine(line), mLayer(std::move(layer)) {}

    Point point(const char* key) {
        const json* value = get(key);
        if (value == nullptr) return {};
        if (value->is_array() && value->size() == 2 && (*value)[0].is_number() && (*value)[1].is_number()) {
            return {(*value)[0].get<double>(), (*value)[1].get<double>()};
        }
        return wrong(key, "[x, y]"), Point{};
    }

    template <typename G>
    G geometry(const char* key, const char* kind) {
        const json* value = get(key);
        if (value == nullptr) return {};
        if (value->is_string()) {
            const Result<Geometry> parsed = fromWkt(value->get<std::string>());
            if (parsed && std::holds_alternative<G>(*parsed)) return std::get<G>(*parsed);
        }
        return wrong(key, kind), G{};
    }

    Fid feature(const char* key) {
        const json* value = get(key);
        return value == nullptr ? Fid{} : resolved(*value, key);
    }

    std::optional<Fid> optionalFeature(const char* key) {
        if (!mLine.contains(key) || mLine[key].is_null()) return std::nullopt;
        return feature(key);
    }

    std::vector<Fid> features(const char* key) {
        std::vector<Fid> out;
        const json* value = get(key);
        if (value == nullptr) return out;
        if (!value->is_array()) return wrong(key, "[F, F, ...]"), out;
        for (const json& one : *value) out.push_back(resolved(one, key));
        return out;
    }

    std::vector<SquareMetres> areas(const char* key) {
        std::vector<SquareMetres> out;
        const json* value = get(key);
        if (value == nullptr) return out;
        if (!value->is_array()) return wrong(key, "[m2, m2, ...]"), out;
        for (const json& one : *value) {
            if (!one.is_number()) return wrong(key, "[m2, m2, ...]"), out;
            out.emplace_back(one.get<double>());
        }
        return out;
    }

    double number(const char* key, double fallback) {
        if (!mLine.contains(key)) return fallback;
        if (!mLine[key].is_number()) return wrong(key, "a number"), fallback;
        return mLine[key].get<double>();
    }

    editing::Values values(const char* key) {
        editing::Values out;
        if (!mLine.contains(key)) return out;
        const json& value = mLine[key];
        if (!value.is_object()) return wrong(key, "{field: value}"), out;
        for (const auto& [name, one] : value.items()) out[name] = one.is_string() ? one.get<std::string>() : (one.is_null() ? "" : one.dump());
        return out;
    }

    std::string text(const char* key) {
        const json* value = get(key);
        if (value == nullptr) return {};
        if (value->is_string()) return value->get<std::string>();
        if (value->is_number_integer()) return value->dump();
        return wrong(key, "text"), std::string();
    }

    void wrong(const char* key, const std::string& wanted) {
        if (!mError) mError = Error{ErrorCode::BadArgument, fmt::format("{}: {}", key, wanted), mLayer};
    }
    [[nodiscard]] const std::optional<Error>& error() const { return mError; }

private:
    const json* get(const char* key) {
        if (mLine.contains(key)) return &mLine[key];
        wrong(key, "missing");
        return nullptr;
    }

    Fid resolved(const json& value, const char* key) {
        if (!value.is_string() && !value.is_number_integer()) return wrong(key, "UUID or fid"), Fid{};
        const Result<plan::Feature> found = plan::findFeature(mPlan, mLayer, value.is_string() ? value.get<std::string>() : value.dump());
        if (found) return found->fid;
        if (!mError) mError = found.error();
        return Fid{};
    }

    const plan::Plan& mPlan;
    const json& mLine;
    std::string mLayer;
    std::optional<Error> mError;
};

using Make = coverage::Edit (*)(Reader&);

const std::map<std::string_view, Make>& makers() {
    static const std::map<std::string_view, Make> kMakers{
        {"move-vertex", [](Reader& r) -> coverage::Edit { return coverage::MoveVertex{r.point("from"), r.point("to")}; }},
        {"move-edge", [](Reader& r) -> coverage::Edit { return coverage::MoveEdge{r.point("a"), r.point("b"), r.point("to")}; }},
        {"insert-vertex", [](Reader& r) -> coverage::Edit { return coverage::InsertVertex{r.point("at")}; }},
        {"delete-vertex", [](Reader& r) -> coverage::Edit { return coverage::DeleteVertex{r.point("at")}; }},
        {"reshape",
         [](Reader& r) -> coverage::Edit { return coverage::Reshape{r.geometry<LineString>("line", "LINESTRING"), r.optionalFeature("feature")}; }},
        {"split", [](Reader& r) -> coverage::Edit { return coverage::SplitByLine{r.feature("feature"), r.geometry<LineString>("line", "LINESTRING")}; }},
        {"split-areas",
         [](Reader& r) -> coverage::Edit {
             return coverage::SplitByAreas{r.feature("feature"), r.areas("areas"), coverage::Degrees(r.number("bearing", 90))};
         }},
        {"merge", [](Reader& r) -> coverage::Edit { return coverage::Merge{r.features("features"), r.feature("keep")}; }},
        {"transfer",
         [](Reader& r) -> coverage::Edit {
             return coverage::Transfer{r.feature("from_feature"), r.feature("to_feature"), r.geometry<MultiPolygon>("area", "POLYGON")};
         }},
        {"transfer-part", [](Reader& r) -> coverage::Edit { return coverage::TransferPart{r.point("at"), r.feature("to_feature")}; }},
        {"new", [](Reader& r) -> coverage::Edit { return coverage::NewZone{r.geometry<MultiPolygon>("area", "POLYGON")}; }},
        {"fill-gap", [](Reader& r) -> coverage::Edit { return coverage::FillGap{r.point("at"), r.optionalFeature("to_feature")}; }},
        {"remove", [](Reader& r) -> coverage::Edit { return coverage::RemoveZone{r.feature("feature")}; }},
    };
    return kMakers;
}

std::string knownOperations() {
    std::string names = "set";
    for (const auto& [name, make] : makers()) names += ", " + std::string(name);
    return names;
}

}  // namespace

Result<EditOperation> readOperation(const plan::Plan& plan, const json& line) {
    if (!line.is_object()) return failure(ErrorCode::BadArgument, "a line is one JSON object");
    const std::string op = line.contains("op") && line["op"].is_string() ? line["op"].get<std::string>() : std::string();
    const std::string layer = line.contains("layer") && line["layer"].is_string() ? line["layer"].get<std::string>() : std::string();
    if (layer.empty()) return failure(ErrorCode::BadArgument, "layer: missing");
    Reader reader(plan, line, layer);
    EditOperation out{layer, SetOperation{}, reader.values("values")};
    if (op == "set") {
        out.what = SetOperation{reader.text("feature"), out.newZone};
        if (out.newZone.empty()) reader.wrong("values", "missing");
    } else if (const auto make = makers().find(op); make != makers().end()) {
        out.what = make->second(reader);
    } else {
        return failure(ErrorCode::BadArgument, fmt::format("op: '{}' is not one of {}", op, knownOperations()), layer);
    }
    if (reader.error()) return tl::unexpected(*reader.error());
    return out;
}

nlohmann::ordered_json asJson(const coverage::Outcome<editing::EditReport>& outcome, Language language) {
    using nlohmann::ordered_json;
    ordered_json out{{"changeset", nullptr}, {"changed", ordered_json::array()}, {"flows", ordered_json::array()}, {"refused", nullptr}};
    if (!outcome) {
        const coverage::Refusal& refusal = outcome.error();
        ordered_json refused{{"code", static_cast<int>(refusal.code)}, {"reason", describe(refusal, language)}, {"wkt", nullptr}};
        if (refusal.place != Point{}) refused["wkt"] = toWkt(refusal.place);
        if (refusal.legal) refused["legal"] = {refusal.legal->x, refusal.legal->y};
        out["refused"] = std::move(refused);
        return out;
    }
    if (outcome->changeSet != 0) out["changeset"] = outcome->changeSet;
    for (const editing::ChangedFeature& one : outcome->changed) {
        out["changed"].push_back({{"layer", one.layer}, {"feature", one.id.text}, {"fid", static_cast<std::int64_t>(one.fid)}, {"name", one.name},
                                  {"kind", one.isNew ? "added" : (one.isRemoved ? "removed" : "changed")},
                                  {"gained_m2", one.gained.value}, {"lost_m2", one.lost.value},
                                  {"gained_ellipsoidal_m2", one.gainedEllipsoidal.value}, {"lost_ellipsoidal_m2", one.lostEllipsoidal.value}});
    }
    for (const editing::LandFlow& flow : outcome->flows) {
        out["flows"].push_back({{"layer", flow.layer}, {"from", flow.from.text.empty() ? ordered_json(nullptr) : ordered_json(flow.from.text)},
                                {"to", flow.to.text.empty() ? ordered_json(nullptr) : ordered_json(flow.to.text)}, {"area_m2", flow.area.value}});
    }
    return out;
}

}  // namespace zonewright::cli
