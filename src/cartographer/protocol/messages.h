#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/base/error.h"
#include "core/base/localized.h"
#include "core/geometry/types.h"

/// What the programs of the product and the map-drawing service say to each other: one JSON document a line on the
/// service's standard input and output; pixels in shared memory. Coordinates are in the plan's CRS, x easting.
namespace zonewright::cartographer {

/// Raised when an older client or service would misread a message.
inline constexpr int kProtocolVersion = 1;

/// Shared-memory buffers for frames; the service finds them open as descriptors 3, 4 ...
inline constexpr int kFrameSlots = 2;
inline constexpr int kFirstFrameDescriptor = 3;

// ---- what to draw -------------------------------------------------------------------------------------------------

/// A geometry that is in no file: a conflict, a site, a mark.
struct Mark {
    std::string wkt;    ///< in the plan's CRS
    std::string label;  ///< drawn beside it; may be empty

    bool operator==(const Mark&) const = default;
};

struct ValueClass {
    double from = 0;
    double to = 0;
    std::string label;   ///< in the legend
    std::string colour;  ///< "#rrggbb"

    bool operator==(const ValueClass&) const = default;
};

/// Areas coloured by a number instead of as the layer's style says; its labels tell the number below the name.
struct ValueClasses {
    std::string field;   ///< empty for none
    double factor = 1;   ///< what is told is this times the field's value
    int decimals = 1;
    std::string unit;    ///< behind the number
    std::vector<ValueClass> classes;  ///< ascending

    bool operator==(const ValueClasses&) const = default;
};

/// A layer on top of the theme that is not one of its layers: a file, or marks.
struct ExtraLayer {
    std::string name;              ///< its text in the legend
    std::filesystem::path source;  ///< a local vector file; empty when there are marks
    std::string table;             ///< layer within the file; empty for its first
    std::filesystem::path style;   ///< .qml; empty for a plain outline
    std::vector<Mark> marks;       ///< all of one geometry type
    bool inLegend = true;
    bool below = false;  ///< below the theme's layers, not above
    ValueClasses classes{};  ///< over its style; areas alone

    bool operator==(const ExtraLayer&) const = default;
};

/// A map's content, the same for screen, legend and paper.
struct View {
    std::string theme;                ///< id in themes.toml; may be empty when there are layers
    std::vector<std::string> layers;  ///< instead of the theme's: "layer", "layer:variant", either with an opacity ("layer@0.6"), top to bottom
    std::vector<ExtraLayer> extras;   ///< top to bottom
    Language language = Language::Chinese;

    bool operator==(const View&) const = default;
};

/// Texts on a sheet. What is not given comes from the theme (title, subtitle, note) or the plan (crs), or stays empty.
struct SheetText {
    std::optional<std::string> title;
    std::optional<std::string> subtitle;
    std::optional<std::string> source;
    std::optional<std::string> note;
    std::optional<std::string> office;
    std::optional<std::string> date;
    std::optional<std::string> version;
    std::optional<std::string> number;  ///< of the sheet, 图号
    std::optional<std::string> crs;

    bool operator==(const SheetText&) const = default;
};

// ---- requests -----------------------------------------------------------------------------------------------------

struct HelloRequest {
    static constexpr std::string_view kName = "hello";
    int protocol = kProtocolVersion;

    bool operator==(const HelloRequest&) const = default;
};

/// Opens a plan (or any GeoPackage) for drawing. Never writes to it.
struct OpenRequest {
    static constexpr std::string_view kName = "open";
    std::filesystem::path plan;
    std::filesystem::path layers;  ///< folder of the layer catalogue
    std::filesystem::path styles;  ///< folder of themes.toml, *.qml and layouts/

    bool operator==(const OpenRequest&) const = default;
};

struct ThemesRequest {
    static constexpr std::string_view kName = "themes";

    bool operator==(const ThemesRequest&) const = default;
};

struct RenderRequest {
    static constexpr std::string_view kName = "render";
    View view;
    Box extent;  ///< empty for the whole district; grown to the frame's shape
    int width = 0;
    int height = 0;
    double dpi = 96;
    bool partialFrames = true;  ///< frames while drawing goes on

    bool operator==(const RenderRequest&) const = default;
};

struct LegendRequest {
    static constexpr std::string_view kName = "legend";
    View view;
    Box extent;  ///< only what is inside; empty for everything
    double dpi = 96;

    bool operator==(const LegendRequest&) const = default;
};

/// How a map is placed in the frame of its sheet; what is given first of these wins.
struct Placement {
    Box extent;                   ///< all of it is shown; with a rotation it is turned about its middle, as the map's frame is
    std::string fitLayer;         ///< the extent of this plan layer, with a margin; without either, the theme's, or the district
    std::optional<double> scale;  ///< denominator; without it the next round one that shows the extent
    bool roundScale = true;       ///< false: exactly the extent, whatever scale that gives
    double rotation = 0;          ///< degrees by which the map is turned clockwise on the sheet

    bool operator==(const Placement&) const = default;
};

/// A sheet as PDF (vector, fonts embedded), SVG, PNG or GeoTIFF, by the file's suffix.
struct PrintRequest {
    static constexpr std::string_view kName = "print";
    View view;
    std::string layout;          ///< id in styles/layouts, or the path of a .qpt
    std::filesystem::path file;  ///< replaced when it exists, and only by a complete one
    Placement placement;
    double dpi = 300;
    SheetText text;
    std::string chart{};  ///< SVG that stands in the column of the legend; empty for none

    bool operator==(const PrintRequest&) const = default;
};

/// One PDF with a page for each feature of `over`, or one of these pages as a sheet of its own.
struct AtlasRequest {
    static constexpr std::string_view kName = "atlas";
    PrintRequest sheet;
    std::string over;    ///< a plan layer, or the name of an extra layer
    std::string filter;  ///< QGIS expression on its features; empty for all
    double margin = 0.1;  ///< around each feature, as a share of its size, each side
    int page = 0;         ///< only this one, from 1, in any format of a sheet; 0 for all
    bool frames = false;  ///< tells where every page lies

    bool operator==(const AtlasRequest&) const = default;
};

/// Where the map stands in a report part's text; without it, above all text.
inline constexpr std::string_view kMapPlace = "<!--map-->";

/// A part of a report: flowing text with at most one map in it. A page begins with each part.
struct ReportPart {
    std::string html;  ///< rich text as Qt reads it (headings, paragraphs, tables, `kMapPlace`); no pictures, no links
    View view;         ///< drawn when `mapHeight` is above 0
    Box extent;        ///< all of it is shown
    double mapHeight = 0;  ///< millimetres
    std::string caption;   ///< below the map, before its scale

    bool operator==(const ReportPart&) const = default;
};

/// A report as an A4 PDF with page numbers.
struct ReportRequest {
    static constexpr std::string_view kName = "report";
    std::filesystem::path file;  ///< replaced when it exists, and only by a complete one
    std::string title;           ///< of the document, and at the head of each page
    std::string footer;          ///< at the foot of each page, left of its number
    std::string date;            ///< of the document, in its metadata
    std::vector<ReportPart> parts;
    Language language = Language::Chinese;

    bool operator==(const ReportRequest&) const = default;
};

/// Writes the QGIS project and the styles into the plan, so that QGIS Desktop shows the same maps. The only request
/// that writes to the plan; nobody else may be writing.
struct StoreRequest {
    static constexpr std::string_view kName = "store";
    Language language = Language::Chinese;

    bool operator==(const StoreRequest&) const = default;
};

/// The plan's content has changed.
struct RefreshRequest {
    static constexpr std::string_view kName = "refresh";
    std::vector<std::string> layers;  ///< empty for all

    bool operator==(const RefreshRequest&) const = default;
};

struct CancelRequest {
    static constexpr std::string_view kName = "cancel";
    std::uint64_t target = 0;

    bool operator==(const CancelRequest&) const = default;
};

/// The client has read the frame in this slot.
struct ReleaseRequest {
    static constexpr std::string_view kName = "release";
    int slot = 0;

    bool operator==(const ReleaseRequest&) const = default;
};

struct QuitRequest {
    static constexpr std::string_view kName = "quit";

    bool operator==(const QuitRequest&) const = default;
};

using Request = std::variant<HelloRequest, OpenRequest, ThemesRequest, RenderRequest, LegendRequest, PrintRequest,
                             AtlasRequest, ReportRequest, StoreRequest, RefreshRequest, CancelRequest, ReleaseRequest, QuitRequest>;

struct RequestLine {
    std::uint64_t id = 0;
    Request request;

    bool operator==(const RequestLine&) const = default;
};

// ---- replies ------------------------------------------------------------------------------------------------------

struct HelloReply {
    static constexpr std::string_view kName = "hello";
    int protocol = kProtocolVersion;
    std::string program;
    std::string qgis;
    std::string qt;

    bool operator==(const HelloReply&) const = default;
};

struct OpenReply {
    static constexpr std::string_view kName = "open";
    std::string crs;                  ///< as AUTHORITY:CODE
    Box extent;                       ///< of the district, or of all layers
    std::vector<std::string> layers;  ///< of the catalogue that are in the plan
    std::vector<std::string> warnings;

    bool operator==(const OpenReply&) const = default;
};

struct ThemeInfo {
    std::string id;
    Localized title;
    Localized subtitle;
    std::vector<std::string> layers;
    std::vector<std::string> legend;
    std::string needs;                ///< the result that it shows; empty when it shows none
    std::vector<std::string> halves;  ///< two themes that show it before and after, to be compared; or none

    bool operator==(const ThemeInfo& o) const {
        return id == o.id && title.zh == o.title.zh && title.en == o.title.en && subtitle.zh == o.subtitle.zh &&
               subtitle.en == o.subtitle.en && layers == o.layers && legend == o.legend && needs == o.needs && halves == o.halves;
    }
};

struct LayoutInfo {
    std::string id;
    Localized title;
    double widthMillimetres = 0;
    double heightMillimetres = 0;

    bool operator==(const LayoutInfo& o) const {
        return id == o.id && title.zh == o.title.zh && title.en == o.title.en && widthMillimetres == o.widthMillimetres &&
               heightMillimetres == o.heightMillimetres;
    }
};

struct ThemesReply {
    static constexpr std::string_view kName = "themes";
    std::vector<ThemeInfo> themes;
    std::vector<LayoutInfo> layouts;

    bool operator==(const ThemesReply&) const = default;
};

struct RenderReply {
    static constexpr std::string_view kName = "render";
    Box extent;  ///< as drawn
    double scale = 0;
    std::vector<std::string> warnings;

    bool operator==(const RenderReply&) const = default;
};

struct LegendEntry {
    std::string key;  ///< of the renderer's class
    std::string label;
    std::string png;  ///< base64, at the dpi asked for

    bool operator==(const LegendEntry&) const = default;
};

struct LegendGroup {
    std::string layer;  ///< "layer" or "layer:variant"; the name of an extra layer
    std::string title;
    std::vector<LegendEntry> entries;

    bool operator==(const LegendGroup&) const = default;
};

struct LegendReply {
    static constexpr std::string_view kName = "legend";
    std::vector<LegendGroup> groups;

    bool operator==(const LegendReply&) const = default;
};

/// Where a page of an atlas lies on the map.
struct PageFrame {
    std::string name;
    Box extent;  ///< before it is turned by the placement's rotation
    double scale = 0;

    bool operator==(const PageFrame&) const = default;
};

struct PrintReply {
    static constexpr std::string_view kName = "print";
    std::filesystem::path file;
    int pages = 0;                      ///< of the whole atlas, also when one of them was asked for
    double scale = 0;                   ///< denominator; of the last page in an atlas
    Box extent;                         ///< of the map on it, before it is turned by the placement's rotation
    std::vector<PageFrame> frames;      ///< of the atlas, when `AtlasRequest::frames` asked for them
    std::vector<std::string> warnings;  ///< what a person should look at before handing the sheet out

    bool operator==(const PrintReply&) const = default;
};

struct StoreReply {
    static constexpr std::string_view kName = "store";
    int layers = 0;
    int themes = 0;
    std::vector<std::string> warnings;

    bool operator==(const StoreReply&) const = default;
};

/// Done, and nothing to say about it.
struct DoneReply {
    static constexpr std::string_view kName = "done";

    bool operator==(const DoneReply&) const = default;
};

using Reply =
    std::variant<HelloReply, OpenReply, ThemesReply, RenderReply, LegendReply, PrintReply, StoreReply, DoneReply>;

/// `done` runs from 0 to 1.
struct ProgressEvent {
    double done = 0;
    std::string what;

    bool operator==(const ProgressEvent&) const = default;
};

/// A frame lies in a shared-memory slot: rows of 32-bit pixels, bytes blue, green, red, alpha, colours premultiplied
/// with alpha. The service writes into the slot again only after it was released.
struct FrameEvent {
    int slot = 0;
    std::uint64_t sequence = 0;  ///< counts the frames of the service
    int width = 0;
    int height = 0;
    int stride = 0;      ///< bytes from row to row
    bool whole = false;  ///< false: drawing goes on

    bool operator==(const FrameEvent&) const = default;
};

/// What the service says about a request; a Reply or an Error is the last of it.
struct EventLine {
    std::uint64_t id = 0;
    std::variant<ProgressEvent, FrameEvent, Reply, Error> event;
};

}  // namespace zonewright::cartographer
