#pragma once

#include <sstream>
#include <stdexcept>

#include <gdal_priv.h>
#include <ogrsf_frmts.h>

#include "cartographer/client/cartographer.h"
#include "support/temp_folder.h"

namespace zonewright::cartographer {

/// 40 km x 30 km; zones a (west, red), b (east, green); north is up:
///
///     aaaabbbb
///     aa1abb2b     1 甲镇, 2 乙镇
///     aaaabbbb
///
/// and outside the district no zone. `blocks` is a grid of 100 x 100 squares over it all.
inline constexpr double kLeft = 480000;
inline constexpr double kBottom = 3490000;
inline constexpr Box kPlanBox{kLeft, kBottom, kLeft + 40000, kBottom + 30000};
inline constexpr Point kInA{kLeft + 5000, kBottom + 5000};
inline constexpr Point kInB{kLeft + 35000, kBottom + 5000};

/// A GeoPackage as ogr2ogr would make it.
class TestPlan {
public:
    explicit TestPlan(const std::string& name = "plan.gpkg") : mFile(mFolder / name) {
        GDALAllRegister();
        std::unique_ptr<GDALDataset> data(GetGDALDriverManager()->GetDriverByName("GPKG")->Create(mFile.c_str(), 0, 0, 0, GDT_Unknown, nullptr));
        addZones(*data);
        addPlaces(*data);
        addBlocks(*data);
        data.reset();
    }

    [[nodiscard]] const std::filesystem::path& file() const { return mFile; }
    [[nodiscard]] const std::filesystem::path& folder() const { return mFolder.path(); }
    [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return mFolder / name; }
    [[nodiscard]] std::string bytes() const { return test::readFile(mFile); }
    /// Names of the files in its folder, sorted.
    [[nodiscard]] std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : std::filesystem::directory_iterator(mFolder.path())) names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }

private:
    static std::string rectangle(double x0, double y0, double x1, double y1) {
        std::ostringstream wkt;
        wkt.precision(10);
        wkt << "MULTIPOLYGON(((" << x0 << ' ' << y0 << ',' << x1 << ' ' << y0 << ',' << x1 << ' ' << y1 << ',' << x0 << ' ' << y1 << ',' << x0 << ' ' << y0 << ")))";
        return wkt.str();
    }

    static OGRLayer& layer(GDALDataset& data, const char* name, OGRwkbGeometryType type) {
        OGRSpatialReference crs;
        crs.importFromEPSG(4549);
        crs.SetAxisMappingStrategy(OAMS_TRADITIONAL_GIS_ORDER);
        OGRLayer* made = data.CreateLayer(name, &crs, type);
        if (made == nullptr) throw std::runtime_error("no layer");
        for (const char* field : {"code", "name", "name_en"}) {
            OGRFieldDefn text(field, OFTString);
            made->CreateField(&text);
        }
        return *made;
    }

    static void add(OGRLayer& layer, const std::string& wkt, const std::string& code, const std::string& name, const std::string& english) {
        OGRFeature feature(layer.GetLayerDefn());
        OGRGeometry* geometry = nullptr;
        OGRGeometryFactory::createFromWkt(wkt.c_str(), nullptr, &geometry);
        feature.SetGeometryDirectly(geometry);
        feature.SetField("code", code.c_str());
        feature.SetField("name", name.c_str());
        feature.SetField("name_en", english.c_str());
        if (layer.CreateFeature(&feature) != OGRERR_NONE) throw std::runtime_error("no feature");
    }

    static void addZones(GDALDataset& data) {
        add(layer(data, "district", wkbMultiPolygon), rectangle(kPlanBox.minX, kPlanBox.minY, kPlanBox.maxX, kPlanBox.maxY), "d", "测试区", "Test district");
        OGRLayer& zones = layer(data, "zones", wkbMultiPolygon);
        const double middle = kLeft + 20000;
        add(zones, rectangle(kLeft, kBottom, middle, kPlanBox.maxY), "a", "西部片区", "West zone");
        add(zones, rectangle(middle, kBottom, kPlanBox.maxX, kPlanBox.maxY), "b", "东部片区", "East zone");
    }

    static void addPlaces(GDALDataset& data) {
        OGRLayer& places = layer(data, "places", wkbPoint);
        add(places, "POINT(490000 3505000)", "1", "甲镇", "Jia town");
        add(places, "POINT(510000 3505000)", "2", "乙镇", "Yi town");
    }

    static void addBlocks(GDALDataset& data) {
        OGRLayer& blocks = layer(data, "blocks", wkbMultiPolygon);
        data.StartTransaction();
        for (int row = 0; row < 100; ++row) {
            for (int column = 0; column < 100; ++column) {
                const double x = kLeft + column * 400;
                const double y = kBottom + row * 300;
                add(blocks, rectangle(x, y, x + 390, y + 290), std::to_string(row * 100 + column), "", "");
            }
        }
        data.CommitTransaction();
    }

    test::TempFolder mFolder;
    std::filesystem::path mFile;
};

inline ClientOptions testOptions() {
    const std::filesystem::path here = std::filesystem::path(ZONEWRIGHT_SOURCE_DIR) / "tests" / "cartographer";
    ClientOptions options;
    options.program = std::filesystem::path(ZONEWRIGHT_BIN_DIR) / "zonewright-cartographer";
    options.layers = here / "layers";
    options.styles = here / "styles";
    return options;
}

/// A4-like frame of 400 x 300 pixels that shows the plan exactly.
inline RenderRequest frameOf(const std::string& theme) {
    RenderRequest request;
    request.view.theme = theme;
    request.extent = kPlanBox;
    request.width = 400;
    request.height = 300;
    return request;
}

struct Colour {
    int red = 0, green = 0, blue = 0;
    bool operator==(const Colour&) const = default;
};

inline std::ostream& operator<<(std::ostream& out, const Colour& c) { return out << c.red << ',' << c.green << ',' << c.blue; }

/// The colour at a place of the map.
inline Colour colourAt(const Drawing& drawing, Point place) {
    const Box& box = drawing.reply.extent;
    const int x = static_cast<int>((place.x - box.minX) / (box.maxX - box.minX) * drawing.frame.width);
    const int y = static_cast<int>((box.maxY - place.y) / (box.maxY - box.minY) * drawing.frame.height);
    const std::byte* pixel = drawing.frame.pixels.get() + y * drawing.frame.stride + x * 4;
    return {std::to_integer<int>(pixel[2]), std::to_integer<int>(pixel[1]), std::to_integer<int>(pixel[0])};
}

inline bool near(Colour a, Colour b, int tolerance = 3) {
    return std::abs(a.red - b.red) <= tolerance && std::abs(a.green - b.green) <= tolerance && std::abs(a.blue - b.blue) <= tolerance;
}

inline constexpr Colour kRed{200, 40, 40};
inline constexpr Colour kGreen{40, 160, 60};

}  // namespace zonewright::cartographer
