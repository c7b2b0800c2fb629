#include "core/plan/source/survey.h"

namespace zonewright::plan::source {

Result<Survey> survey(Source& source, std::size_t layer, const std::optional<Reference>& reference) {
    constexpr std::size_t kRows = 2'000;
    constexpr std::size_t kBatch = 100;
    constexpr std::size_t kVertices = 200'000;
    const Result<Decoder> decoder = source.makeDecoder();
    if (!decoder) return tl::unexpected(decoder.error());
    const SourceLayer& shape = source.layers()[layer];
    ShiftClues clues;
    clues.fileName = source.file().filename().string();
    if (const CoordinateColumns& at = shape.coordinates; at.x && at.y) {
        // Of several pairs only the one that is read speaks for its system.
        clues.columns = {shape.columns[*at.x].name, shape.columns[*at.y].name};
    } else {
        for (const Column& column : shape.columns) clues.columns.push_back(column.name);
    }
    std::size_t vertices = 0;
    source.rewind(layer);
    for (std::size_t read = 0; read < kRows && vertices < kVertices;) {
        Result<std::vector<RawRow>> rows = source.read(layer, kBatch);
        if (!rows || rows->empty()) break;
        read += rows->size();
        for (RawRow& raw : *rows) {
            Row row = source.decoded(layer, std::move(raw), *decoder);
            forEachPoint(row.geometry, [&](const Point&) { ++vertices; });
            clues.sample.push_back(std::move(row.geometry));
        }
    }
    source.rewind(layer);
    Survey found;
    found.typical = typicalBox(clues.sample);
    found.crs = guessCrs(shape.declaredCrs, found.typical, reference);
    if (found.crs.latitudeFirst) {
        for (Geometry& geometry : clues.sample) exchangeAxes(geometry);
    }
    clues.crs = found.crs;
    found.shift = guessShift(clues, reference);
    return found;
}

void exchangeAxes(Geometry& geometry) {
    forEachPoint(geometry, [](Point& p) { std::swap(p.x, p.y); });
}

}  // namespace zonewright::plan::source
