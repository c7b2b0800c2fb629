#include <QComboBox>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QMimeData>
#include <QPushButton>
#include <QTableWidget>

#include <fmt/format.h>
#include <gdal.h>
#include <ogr_api.h>
#include <ogr_srs_api.h>

#include "core/plan/features.h"
#include "desktop/desk.h"
#include "desktop/dialogs/import_dialog.h"

namespace zonewright::desktop {
namespace {

/// Foreign files by the import dialog, into the sample plan.
class Importing : public Desk {
protected:
    void SetUp() override {
        Desk::SetUp();
        openPlan();
    }
    QString file(const char* name, const std::string& content) {
        test::writeFile(folder.path() / name, content);
        return QString::fromStdString((folder.path() / name).string());
    }
    /// A polygon a row, in degrees; `corners` of its first ring.
    static std::string feature(const std::string& name, const std::string& corners) {
        return R"({"type":"Feature","properties":{"code":")" + name + R"(","Name":")" + name + R"("},"geometry":{"type":"Polygon","coordinates":[[)" + corners + "]]}}";
    }
    static std::string collection(const std::string& features) { return R"({"type":"FeatureCollection","features":[)" + features + "]}"; }

    void drop(const QString& file) {
        QMimeData data;
        data.setUrls({QUrl::fromLocalFile(file)});
        const QPoint middle = window->rect().center();
        QDragEnterEvent enter(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &enter);
        ASSERT_TRUE(enter.isAccepted());
        QDropEvent event(middle, Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
        QApplication::sendEvent(window.get(), &event);
    }
    /// Waits until the file has been looked into.
    void lookAt(const QString& file) {
        drop(file);
        ASSERT_TRUE(eventually([&] { return window->findChild<ImportDialog*>() != nullptr; }));
        mDialog = window->findChild<ImportDialog*>();
        waitForLook();
    }
    void waitForLook() {
        QSignalSpy looked(mDialog->findChild<SourceDesk*>(), &SourceDesk::looked);
        QSignalSpy failed(mDialog->findChild<SourceDesk*>(), &SourceDesk::lookFailed);
        ASSERT_TRUE(eventually([&] { return !looked.isEmpty() || !failed.isEmpty(); }));
    }
    template <typename Widget>
    Widget& part(const char* name) {
        return *mDialog->findChild<Widget*>(QString::fromLatin1(name));
    }
    void choose(const char* box, const QVariant& data) {
        auto& made = part<QComboBox>(box);
        const int index = made.findData(data);
        ASSERT_GE(index, 0) << data.toString().toStdString();
        made.setCurrentIndex(index);
        emit made.activated(index);
    }
    void pressImport() {
        QTest::mouseClick(&part<QPushButton>("import"), Qt::LeftButton);
        ASSERT_TRUE(eventually([&] { return part<QLabel>("sum").text() != QString() || !part<QLabel>("state").text().isEmpty(); }));
    }
    std::vector<plan::Feature> featuresOf(const std::string& layer) {
        const auto opened = plan::Plan::open(plan, plan::OpenMode::Read);
        const auto table = plan::tableOf(*opened, layer);
        std::vector<plan::Feature> out;
        if (!table) return out;
        const auto read = plan::forEachFeature(*opened, *table, {}, [&](plan::Feature&& one) {
            out.push_back(std::move(one));
            return true;
        });
        EXPECT_TRUE(read);
        return out;
    }
    std::size_t countOf(const std::string& layer) { return featuresOf(layer).size(); }
    QStringList lines(const char* list) {
        QStringList out;
        for (int i = 0; i < part<QListWidget>(list).count(); ++i) out << part<QListWidget>(list).item(i)->text();
        return out;
    }

    /// Two squares, 湖塘镇 and 武进国家高新区, in the plan's own system.
    QString gbkShapefile(const std::string& name) {
        GDALAllRegister();
        const auto path = folder.path() / (name + ".shp");
        GDALDatasetH set = GDALCreate(GDALGetDriverByName("ESRI Shapefile"), path.c_str(), 0, 0, 0, GDT_Unknown, nullptr);
        OGRSpatialReferenceH crs = OSRNewSpatialReference(nullptr);
        OSRImportFromEPSG(crs, 4549);
        const char* options[] = {"ENCODING=GBK", nullptr};
        OGRLayerH layer = GDALDatasetCreateLayer(set, name.c_str(), crs, wkbPolygon, const_cast<char**>(options));
        OSRRelease(crs);
        for (const char* field : {"code", "名称"}) {
            OGRFieldDefnH column = OGR_Fld_Create(field, OFTString);
            OGR_Fld_SetWidth(column, 40);
            EXPECT_EQ(OGR_L_CreateField(layer, column, TRUE), OGRERR_NONE);
            OGR_Fld_Destroy(column);
        }
        int x = 490000;
        for (const char* zone : {"湖塘镇", "武进国家高新区"}) {
            OGRFeatureH feature = OGR_F_Create(OGR_L_GetLayerDefn(layer));
            OGR_F_SetFieldString(feature, 0, (name + std::to_string(x)).c_str());
            OGR_F_SetFieldString(feature, 1, zone);
            std::string square = fmt::format("POLYGON (({0} 3500000, {1} 3500000, {1} 3501000, {0} 3501000, {0} 3500000))", x, x + 1000);
            char* words = square.data();
            OGRGeometryH shape = nullptr;
            EXPECT_EQ(OGR_G_CreateFromWkt(&words, nullptr, &shape), OGRERR_NONE);
            OGR_F_SetGeometryDirectly(feature, shape);
            EXPECT_EQ(OGR_L_CreateFeature(layer, feature), OGRERR_NONE);
            OGR_F_Destroy(feature);
            x += 1000;
        }
        GDALClose(set);
        EXPECT_NE(test::readFile(folder.path() / (name + ".dbf")).find("\xba\xfe\xcc\xc1"), std::string::npos) << "湖塘 as GBK bytes";
        return QString::fromStdString(path.string());
    }
    /// Sends a column of the file into a field of the layer.
    void mapTo(const char* field, const QString& column) {
        auto& columns = part<QTableWidget>("columns");
        for (int row = 0; row < columns.rowCount(); ++row) {
            if (columns.item(row, 0)->toolTip() != QLatin1String(field)) continue;
            auto* box = qobject_cast<QComboBox*>(columns.cellWidget(row, 1));
            ASSERT_GE(box->findText(column), 0) << column.toStdString();
            box->setCurrentText(column);
        }
    }
    std::size_t fieldOf(const std::string& layer, const char* field) {
        const auto opened = plan::Plan::open(plan, plan::OpenMode::Read);
        return *plan::tableOf(*opened, layer)->indexOf(field);
    }
    void pickPoints(const QString& table) {
        QTest::mouseClick(&part<QPushButton>("points"), Qt::LeftButton);
        ASSERT_TRUE(eventually([&] { return mDialog->findChild<QFileDialog*>() != nullptr; }));
        auto* ask = mDialog->findChild<QFileDialog*>();
        ask->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(table);
        QMetaObject::invokeMethod(ask, "accept");
        ASSERT_TRUE(eventually([&] { return mDialog->findChild<QFileDialog*>() == nullptr; }));
    }

    QPointer<ImportDialog> mDialog;
};

const char* const kSquare = "[119.90,31.60],[119.91,31.60],[119.91,31.61],[119.90,31.61],[119.90,31.60]";
const char* const kBow = "[119.90,31.60],[119.91,31.61],[119.91,31.60],[119.90,31.61],[119.90,31.60]";

TEST_F(Importing, ADroppedFileIsLookedAtBeforeAnythingIsWritten) {
    const std::size_t before = countOf("projects");
    lookAt(file("projects.geojson", collection(feature("one", kSquare) + "," + feature("two", kBow))));
    EXPECT_EQ(part<QComboBox>("target").currentData().toString(), QStringLiteral("projects")) << "by the name of the file";
    EXPECT_TRUE(part<QComboBox>("encoding").currentText().contains(QStringLiteral("UTF-8")));
    EXPECT_TRUE(lines("faults").join(QLatin1Char('\n')).contains(QStringLiteral("首例第 2 行"))) << lines("faults").join(QLatin1Char('\n')).toStdString();
    EXPECT_EQ(part<QTableWidget>("rows").rowCount(), 2);
    EXPECT_EQ(part<QTableWidget>("rows").item(1, 0)->text(), QStringLiteral("two"));
    EXPECT_EQ(countOf("projects"), before);
    EXPECT_TRUE(part<QPushButton>("import").isEnabled());
}

TEST_F(Importing, WhatIsReadIsTakenOrRejected) {
    const std::size_t before = countOf("projects");
    lookAt(file("projects.geojson", collection(feature("one", kSquare) + "," + feature("two", "[119.90,31.60],[119.91,31.60]"))));
    pressImport();
    EXPECT_TRUE(part<QLabel>("sum").text().contains(QStringLiteral("读入 2 = 导入 1 + 拒收 1"))) << part<QLabel>("sum").text().toStdString();
    const QString outcome = lines("outcome").join(QLatin1Char('\n'));
    EXPECT_TRUE(outcome.contains(QStringLiteral("第 2 行拒收"))) << outcome.toStdString();
    EXPECT_FALSE(outcome.contains(QStringLiteral("--"))) << "no options of the command line: " << outcome.toStdString();
    EXPECT_EQ(countOf("projects"), before + 1);
    EXPECT_TRUE(eventually([&] { return window->document().hasLayer("projects_rejects"); }));
    EXPECT_EQ(countOf("projects_rejects"), 1U);
    EXPECT_TRUE(eventually([&] { return window->commands().find(QStringLiteral("edit.undo"))->text().contains(QStringLiteral("projects")); }))
        << window->commands().find(QStringLiteral("edit.undo"))->text().toStdString();
}

TEST_F(Importing, AColumnGoesWhereItIsSent) {
    lookAt(file("p.geojson", collection(feature("one", kSquare))));
    choose("target", QStringLiteral("projects"));
    auto& columns = part<QTableWidget>("columns");
    int name = -1;
    for (int row = 0; row < columns.rowCount(); ++row) {
        if (columns.item(row, 0)->toolTip() == QStringLiteral("name")) name = row;
    }
    ASSERT_GE(name, 0);
    auto* box = qobject_cast<QComboBox*>(columns.cellWidget(name, 1));
    EXPECT_EQ(box->currentText(), QStringLiteral("Name")) << "in another case";
    box->setCurrentIndex(0);
    EXPECT_EQ(columns.item(name, 2)->text(), QString());
    pressImport();
    EXPECT_TRUE(part<QLabel>("sum").text().contains(QStringLiteral("导入 1")));
    const auto opened = plan::Plan::open(plan, plan::OpenMode::Read);
    const auto table = plan::tableOf(*opened, "projects");
    const auto at = std::ranges::find(table->fields, "name", [](const auto& field) { return field.name; }) - table->fields.begin();
    EXPECT_EQ(featuresOf("projects").back().values[static_cast<std::size_t>(at)], plan::Value()) << "left empty, as chosen";
}

TEST_F(Importing, TextInGbkIsRead) {
    // "code,name,X,Y" with 湖塘 in GBK, at a place of the plan's own system.
    lookAt(file("places.csv", "code,name,X,Y\nA,\xba\xfe\xcc\xc1,500000,3500000\n"));
    EXPECT_TRUE(part<QComboBox>("encoding").currentText().contains(QStringLiteral("GBK"))) << part<QComboBox>("encoding").currentText().toStdString();
    EXPECT_EQ(part<QTableWidget>("rows").item(0, 1)->text(), QStringLiteral("湖塘"));
}

TEST_F(Importing, AnotherEncodingIsTriedAtOnce) {
    lookAt(file("places.csv", "code,name,X,Y\nA,\xba\xfe\xcc\xc1,500000,3500000\n"));
    choose("encoding", QStringLiteral("BIG5"));
    waitForLook();
    EXPECT_NE(part<QTableWidget>("rows").rowCount() > 0 ? part<QTableWidget>("rows").item(0, 1)->text() : QString(), QStringLiteral("湖塘"));
}

TEST_F(Importing, CoordinatesThatBelongNowhereAreNotImported) {
    lookAt(file("projects.csv", "code,name,X,Y\nA,one,2345.5,877.25\n"));
    choose("target", QStringLiteral("places"));
    EXPECT_FALSE(part<QPushButton>("import").isEnabled());
    EXPECT_FALSE(part<QLabel>("state").text().isEmpty());
}

TEST_F(Importing, AFileThatIsNoDataSaysWhy) {
    lookAt(file("text.shp", "this is no shapefile\n"));
    EXPECT_FALSE(part<QPushButton>("import").isEnabled());
    EXPECT_TRUE(part<QLabel>("state").text().contains(QStringLiteral("无法读取"))) << part<QLabel>("state").text().toStdString();
}

TEST_F(Importing, AShapefileInGbkComesInWithItsNamesWithAndWithoutACpg) {
    for (const bool declared : {true, false}) {
        const QString source = gbkShapefile(declared ? "projects" : "sites");
        if (!declared) std::filesystem::remove(folder.path() / "sites.cpg");
        const std::size_t before = countOf("projects");
        lookAt(source);
        choose("target", QStringLiteral("projects"));
        EXPECT_TRUE(part<QComboBox>("encoding").currentText().contains(QStringLiteral("GBK"))) << part<QComboBox>("encoding").currentText().toStdString();
        EXPECT_EQ(part<QTableWidget>("rows").item(0, 1)->text(), QStringLiteral("湖塘镇"));
        mapTo("name", QStringLiteral("名称"));
        pressImport();
        EXPECT_TRUE(part<QLabel>("sum").text().contains(QStringLiteral("读入 2 = 导入 2 + 拒收 0"))) << part<QLabel>("sum").text().toStdString();
        const auto now = featuresOf("projects");
        ASSERT_EQ(now.size(), before + 2);
        const auto names = std::get<std::string>(now.back().values[fieldOf("projects", "name")]);
        EXPECT_EQ(names, "武进国家高新区") << "as UTF-8 in the plan";
        mDialog->close();
        ASSERT_TRUE(eventually([&] { return mDialog.isNull(); }));
    }
}

TEST_F(Importing, TheDistrictsOfAMinistryShapefileAreReadInGbkAndTheirShiftIsTold) {
    const std::filesystem::path real = std::filesystem::path(ZONEWRIGHT_SHARED_DATA) / "admin/gbk_shapefile/changzhou_gbk_nocpg.shp";
    if (!std::filesystem::exists(real)) GTEST_SKIP() << real << " is not there";
    lookAt(QString::fromStdString(real.string()));
    EXPECT_TRUE(part<QComboBox>("encoding").currentText().contains(QStringLiteral("GBK")));
    QStringList cells;
    for (int row = 0; row < part<QTableWidget>("rows").rowCount(); ++row) {
        for (int column = 0; column < part<QTableWidget>("rows").columnCount(); ++column) cells << part<QTableWidget>("rows").item(row, column)->text();
    }
    EXPECT_TRUE(cells.contains(QStringLiteral("武进区"))) << cells.join(QLatin1Char(' ')).toStdString();
    EXPECT_TRUE(part<QLabel>("crs_why").text().contains(QStringLiteral("GCJ-02"))) << part<QLabel>("crs_why").text().toStdString();
}

TEST_F(Importing, ControlPointsOfATableFitTheFileAndABadTableSaysWhichRow) {
    lookAt(file("projects.csv", "code,name,X,Y\nA,one,100,100\n"));
    choose("target", QStringLiteral("places"));
    ASSERT_FALSE(part<QPushButton>("import").isEnabled()) << "coordinates of nowhere";
    pickPoints(file("bad.csv", "name,source_x,source_y,target_x,target_y\nP1,0,0,east,3500000\n"));
    ASSERT_TRUE(eventually([&] { return part<QLabel>("state").text().contains(QStringLiteral("bad.csv")); })) << part<QLabel>("state").text().toStdString();
    EXPECT_FALSE(part<QPushButton>("import").isEnabled());
    pickPoints(file("points.csv", "name,source_x,source_y,target_x,target_y\nP1,0,0,490000,3500000\nP2,1000,0,491000,3500000\nP3,0,1000,490000,3501000\n"));
    ASSERT_TRUE(eventually([&] { return part<QPushButton>("import").isEnabled(); })) << part<QLabel>("state").text().toStdString();
    EXPECT_TRUE(part<QLabel>("crs_why").text().contains(QStringLiteral("残差"))) << part<QLabel>("crs_why").text().toStdString();
}

TEST_F(Importing, TheFileIsChosenInADialogToo) {
    const QString source = file("projects.geojson", collection(feature("one", kSquare)));
    window->commands().find(QStringLiteral("file.import"))->trigger();
    ASSERT_TRUE(eventually([&] { return window->findChild<QFileDialog*>() != nullptr; }));
    auto* ask = window->findChild<QFileDialog*>();
    ask->findChild<QLineEdit*>(QStringLiteral("fileNameEdit"))->setText(source);
    QMetaObject::invokeMethod(ask, "accept");
    EXPECT_TRUE(eventually([&] { return window->findChild<ImportDialog*>() != nullptr; }));
}

TEST_F(Importing, ADroppedPlanIsOpened) {
    const auto other = folder.path() / "other.gpkg";
    std::filesystem::copy_file(ZONEWRIGHT_SAMPLE_PLAN, other);
    drop(QString::fromStdString(other.string()));
    EXPECT_TRUE(eventually([&] { return window->document().isOpen() && window->document().file() == other; }));
}

TEST_F(Importing, TheDialogClosesByItsButtonByEscAndByTheWindow) {
    const QString source = file("projects.geojson", collection(feature("one", kSquare)));
    const std::function<void()> ways[] = {[&] { QTest::mouseClick(&part<QPushButton>("close"), Qt::LeftButton); },
                                          [&] { QTest::keyClick(mDialog, Qt::Key_Escape); }, [&] { mDialog->close(); }};
    for (const auto& way : ways) {
        lookAt(source);
        way();
        EXPECT_TRUE(eventually([&] { return mDialog.isNull(); }));
    }
}

TEST_F(Importing, ACancelledImportLeavesThePlanAsItWas) {
    std::string rows = "code,name,X,Y\n";
    for (int i = 0; i < 400000; ++i) rows += "c" + std::to_string(i) + ",n,500000,3500000\n";
    lookAt(file("places.csv", rows));
    choose("target", QStringLiteral("places"));
    const std::size_t before = countOf("places");
    QTest::mouseClick(&part<QPushButton>("import"), Qt::LeftButton);
    QTest::qWait(150);
    QTest::mouseClick(&part<QPushButton>("cancel_import"), Qt::LeftButton);
    ASSERT_TRUE(eventually([&] { return window->document().pending() == 0; }));
    EXPECT_EQ(countOf("places"), before);
    EXPECT_TRUE(part<QLabel>("state").text().contains(QStringLiteral("已取消"))) << part<QLabel>("state").text().toStdString();
}

}  // namespace
}  // namespace zonewright::desktop
