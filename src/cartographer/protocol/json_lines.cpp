#include "cartographer/protocol/json_lines.h"

#include <nlohmann/json.hpp>

namespace nlohmann {

template <typename T>
struct adl_serializer<std::optional<T>> {
    static void to_json(json& j, const std::optional<T>& value) {
        if (value) {
            j = *value;
        } else {
            j = nullptr;
        }
    }
    static void from_json(const json& j, std::optional<T>& value) {
        if (j.is_null()) {
            value.reset();
        } else {
            value = j.get<T>();
        }
    }
};

}  // namespace nlohmann

namespace zonewright {

using nlohmann::json;

NLOHMANN_JSON_SERIALIZE_ENUM(Language, {{Language::Chinese, "zh"}, {Language::English, "en"}})
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT(Localized, zh, en)

// An empty box has infinite bounds, which JSON cannot say.
static void to_json(json& j, const Box& box) {
    j = box.empty() ? json() : json::array({box.minX, box.minY, box.maxX, box.maxY});
}
static void from_json(const json& j, Box& box) {
    box = j.is_null() ? Box{} : Box{j.at(0), j.at(1), j.at(2), j.at(3)};
}

static void to_json(json& j, const Error& error) {
    j = {{"code", static_cast<int>(error.code)}, {"detail", error.detail}, {"where", error.where}};
}
static void from_json(const json& j, Error& error) {
    error = {static_cast<ErrorCode>(j.at("code").get<int>()), j.at("detail"), j.at("where")};
}

namespace cartographer {

#define ZW_JSON NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE_WITH_DEFAULT
ZW_JSON(Mark, wkt, label)
ZW_JSON(ValueClass, from, to, label, colour)
ZW_JSON(ValueClasses, field, factor, decimals, unit, classes)
ZW_JSON(ExtraLayer, name, source, table, style, marks, inLegend, below, classes)
ZW_JSON(View, theme, layers, extras, language)
ZW_JSON(SheetText, title, subtitle, source, note, office, date, version, number, crs)
ZW_JSON(HelloRequest, protocol)
ZW_JSON(OpenRequest, plan, layers, styles)
ZW_JSON(RenderRequest, view, extent, width, height, dpi, partialFrames)
ZW_JSON(LegendRequest, view, extent, dpi)
ZW_JSON(Placement, extent, fitLayer, scale, roundScale, rotation)
ZW_JSON(PrintRequest, view, layout, file, placement, dpi, text, chart)
ZW_JSON(AtlasRequest, sheet, over, filter, margin, page, frames)
ZW_JSON(ReportPart, html, view, extent, mapHeight, caption)
ZW_JSON(ReportRequest, file, title, footer, date, parts, language)
ZW_JSON(StoreRequest, language)
ZW_JSON(RefreshRequest, layers)
ZW_JSON(CancelRequest, target)
ZW_JSON(ReleaseRequest, slot)
ZW_JSON(HelloReply, protocol, program, qgis, qt)
ZW_JSON(OpenReply, crs, extent, layers, warnings)
ZW_JSON(ThemeInfo, id, title, subtitle, layers, legend, needs, halves)
ZW_JSON(LayoutInfo, id, title, widthMillimetres, heightMillimetres)
ZW_JSON(ThemesReply, themes, layouts)
ZW_JSON(RenderReply, extent, scale, warnings)
ZW_JSON(LegendEntry, key, label, png)
ZW_JSON(LegendGroup, layer, title, entries)
ZW_JSON(LegendReply, groups)
ZW_JSON(PageFrame, name, extent, scale)
ZW_JSON(PrintReply, file, pages, scale, extent, frames, warnings)
ZW_JSON(StoreReply, layers, themes, warnings)
ZW_JSON(ProgressEvent, done, what)
ZW_JSON(FrameEvent, slot, sequence, width, height, stride, whole)
#undef ZW_JSON

// Messages without content.
template <typename T>
    requires std::is_empty_v<T>
static void to_json(json& j, const T&) {
    j = json::object();
}
template <typename T>
    requires std::is_empty_v<T>
static void from_json(const json&, T&) {}

namespace {

/// The alternative of `Variant` whose name is `op`, read from `j`.
template <typename Variant, std::size_t Index = 0>
Variant readNamed(const std::string& op, const json& j) {
    if constexpr (Index == std::variant_size_v<Variant>) {
        throw std::invalid_argument("unknown operation \"" + op + "\"");
    } else {
        using Alternative = std::variant_alternative_t<Index, Variant>;
        if (op == Alternative::kName) return j.get<Alternative>();
        return readNamed<Variant, Index + 1>(op, j);
    }
}

template <typename Variant>
json writeNamed(const Variant& variant) {
    return std::visit(
        [](const auto& value) {
            json j = value;
            j["op"] = std::decay_t<decltype(value)>::kName;
            return j;
        },
        variant);
}

std::string line(const json& j) { return j.dump(-1, ' ', false, json::error_handler_t::replace); }

/// Deep nesting is refused before the parser recurses into it.
json parseLine(std::string_view text) {
    return json::parse(text, [](int depth, json::parse_event_t, json&) {
        if (depth > 16) throw std::invalid_argument("nested too deeply");
        return true;
    });
}

template <typename T>
Result<T> guarded(std::string_view text, T (*read)(const json&)) {
    try {
        return read(parseLine(text));
    } catch (const std::exception& e) {
        return failure(ErrorCode::BadArgument, std::string("message not understood: ") + e.what(),
                       std::string(text.substr(0, 80)));
    }
}

}  // namespace

std::string encode(const RequestLine& request) {
    json j = writeNamed(request.request);
    j["id"] = request.id;
    return line(j);
}

std::string encode(const EventLine& event) {
    json j{{"id", event.id}};
    if (const auto* progress = std::get_if<ProgressEvent>(&event.event)) j["progress"] = *progress;
    if (const auto* frame = std::get_if<FrameEvent>(&event.event)) j["frame"] = *frame;
    if (const auto* reply = std::get_if<Reply>(&event.event)) j["reply"] = writeNamed(*reply);
    if (const auto* error = std::get_if<Error>(&event.event)) j["error"] = *error;
    return line(j);
}

Result<RequestLine> decodeRequest(std::string_view text) {
    return guarded<RequestLine>(text, [](const json& j) {
        return RequestLine{j.at("id"), readNamed<Request>(j.at("op").get<std::string>(), j)};
    });
}

Result<EventLine> decodeEvent(std::string_view text) {
    return guarded<EventLine>(text, [](const json& j) {
        EventLine event{j.at("id"), ProgressEvent{}};
        if (j.contains("progress")) {
            event.event = j["progress"].get<ProgressEvent>();
        } else if (j.contains("frame")) {
            event.event = j["frame"].get<FrameEvent>();
        } else if (j.contains("error")) {
            event.event = j["error"].get<Error>();
        } else {
            const json& reply = j.at("reply");
            event.event = readNamed<Reply>(reply.at("op").get<std::string>(), reply);
        }
        return event;
    });
}

std::filesystem::path unfinishedFileOf(const std::filesystem::path& file) {
    return file.parent_path() / ("." + file.stem().string() + ".unfinished" + file.extension().string());
}

}  // namespace cartographer
}  // namespace zonewright
