#include "core/network/gtfs.h"

#include <filesystem>

#include <gtest/gtest.h>

#include "core/network/osm.h"
#include "core/network/places.h"
#include "support/network_town.h"
#include "support/temp_folder.h"

namespace zonewright::network {
namespace {

using test::TempFolder;
using test::writeFile;

Crs plane() { return Crs::from("EPSG:32722").value(); }

/// Three stops in a row on one meridian; bus B calls at all on weekdays, three times between 7 and 8.
struct SmallFeed {
    TempFolder folder;
    std::string stopTimes =
        "trip_id,arrival_time,departure_time,stop_id,stop_sequence\n"
        "t1,07:00:00,07:00:00,s1,1\nt1,07:05:00,07:06:00,s2,2\nt1,07:10:00,07:10:00,s3,3\n"
        "t2,07:20:00,07:20:00,s1,1\nt2,07:27:00,07:28:00,s2,2\nt2,07:34:00,07:34:00,s3,3\n"
        "t3,7:30:00,7:30:00,s1,10\nt3,,,s2,20\nt3,7:40:00,7:40:00,s3,30\n";
    std::string trips = "route_id,service_id,trip_id\nB,weekdays,t1\nB,weekdays,t2\nB,weekdays,t3\n";

    [[nodiscard]] std::filesystem::path write() const {
        writeFile(folder / "stops.txt", "\xEF\xBB\xBFstop_id,stop_name,stop_lat,stop_lon\ns1,\"One, first\",-30.00,-51.2\ns2,Two,-30.01,-51.2\ns3,Three,-30.02,-51.2\n");
        writeFile(folder / "routes.txt", "route_id,route_type\nB,3\n");
        writeFile(folder / "calendar.txt",
                  "service_id,monday,tuesday,wednesday,thursday,friday,saturday,sunday,start_date,end_date\nweekdays,1,1,1,1,1,0,0,20190501,20190531\n");
        writeFile(folder / "trips.txt", trips);
        writeFile(folder / "stop_times.txt", stopTimes);
        return folder.path();
    }
};

GtfsOptions sevenToEight(const std::string& date = "20190513") {
    GtfsOptions options;
    options.date = date;
    options.windowStart = Seconds(7 * 3600);
    options.windowEnd = Seconds(8 * 3600);
    return options;
}

TEST(Gtfs, ALineHasTheMeanOfItsTripsAndTheWaitOfItsGaps) {
    const SmallFeed feed;
    const GtfsLines gtfs = readGtfs(feed.write(), plane(), sevenToEight()).value();
    EXPECT_EQ(gtfs.tripsRead, 3U);
    EXPECT_EQ(gtfs.tripsTaken, 3U);
    ASSERT_EQ(gtfs.lines.size(), 1U);
    const TransitLine& line = gtfs.lines.front();
    EXPECT_EQ(line.code, "B");
    EXPECT_EQ(line.mode, Mode::Bus);
    EXPECT_FALSE(line.bothWays);
    // Departures 7:00, 7:20, 7:30, and 8:00 as 7:00 again: gaps of 20, 10, 30 min; (400 + 100 + 900) / 120 min.
    EXPECT_NEAR(line.headway.value / 2, 1400.0 / 120 * 60, 1e-9);
    // To s2: 5, 7 and, half way of 10 minutes, 5 min; waits there 1, 1 and 0 min; to s3: 4, 6, 5 min.
    EXPECT_NEAR(line.runTimes[0].value, 17.0 / 3 * 60, 0.05);
    EXPECT_NEAR(line.stops[1].dwell.value, 40, 1e-9);
    EXPECT_NEAR(line.runTimes[1].value, 15.0 / 3 * 60, 0.05);
}

TEST(Gtfs, TripsOfOtherDaysAndHoursAreLeftOutAndCounted) {
    SmallFeed feed;
    feed.trips += "B,sundays,t4\nB,weekdays,t5\n";
    feed.stopTimes += "t4,07:00:00,07:00:00,s1,1\nt4,07:05:00,07:06:00,s2,2\nt5,25:00:00,25:00:00,s1,1\nt5,25:05:00,25:06:00,s2,2\n";
    const GtfsLines gtfs = readGtfs(feed.write(), plane(), sevenToEight()).value();
    EXPECT_EQ(gtfs.tripsRead, 5U);
    EXPECT_EQ(gtfs.tripsTaken, 3U);
    EXPECT_EQ(gtfs.tripsOtherDay, 1U);
    EXPECT_EQ(gtfs.tripsOutsideWindow, 1U);
    EXPECT_EQ(readGtfs(feed.write(), plane(), sevenToEight("20190512")).error().code, ErrorCode::SourceEmpty);  // a Sunday
    EXPECT_EQ(readGtfs(feed.write(), plane()).value().date, "20190501");
}

TEST(Gtfs, AWindowWithoutTripsNamesTheHoursThatHaveMost) {
    const SmallFeed feed;
    GtfsOptions night = sevenToEight();
    night.windowStart = Seconds(2 * 3600);
    night.windowEnd = Seconds(3.5 * 3600);
    const auto gtfs = readGtfs(feed.write(), plane(), night);
    ASSERT_FALSE(gtfs.has_value());
    EXPECT_EQ(gtfs.error().code, ErrorCode::SourceEmpty);
    EXPECT_EQ(gtfs.error().detail, "no trip runs from 2:00 to 3:30 on 20190513; its 3 runs lie between 7:05 and 7:35; give window_start=7 window_end=9, where most are");
    EXPECT_EQ(readGtfs(feed.write(), plane(), sevenToEight("20190512")).error().detail, "no trip runs on 20190512; give another gtfs_date");
}

TEST(Gtfs, CalendarDatesAddAndTakeAway) {
    SmallFeed feed;
    const auto path = feed.write();
    writeFile(feed.folder / "calendar_dates.txt", "service_id,date,exception_type\nweekdays,20190513,2\nweekdays,20190512,1\n");
    EXPECT_FALSE(readGtfs(path, plane(), sevenToEight("20190513")).has_value());
    EXPECT_TRUE(readGtfs(path, plane(), sevenToEight("20190512")).has_value());
}

TEST(Gtfs, FrequenciesRepeatATrip) {
    SmallFeed feed;
    feed.trips = "route_id,service_id,trip_id\nB,weekdays,t1\n";
    const auto path = feed.write();
    writeFile(feed.folder / "frequencies.txt", "trip_id,start_time,end_time,headway_secs\nt1,06:00:00,10:00:00,600\n");
    const GtfsLines gtfs = readGtfs(path, plane(), sevenToEight()).value();
    EXPECT_NEAR(gtfs.lines.front().headway.value, 600, 1e-9);
    EXPECT_NEAR(gtfs.lines.front().runTimes[0].value, 300, 1e-9);
}

TEST(Gtfs, FaultyTripsAreNamedAndCounted) {
    SmallFeed feed;
    feed.trips += "B,weekdays,back\nB,weekdays,lost\nB,weekdays,short\nB,weekdays,timeless\n";
    feed.stopTimes +=
        "back,07:10:00,07:10:00,s1,1\nback,07:05:00,07:05:00,s2,2\n"
        "lost,07:10:00,07:10:00,s1,1\nlost,07:15:00,07:15:00,s9,2\n"
        "short,07:10:00,07:10:00,s1,1\n"
        "timeless,,,s1,1\ntimeless,07:15:00,07:15:00,s2,2\n";
    const GtfsLines gtfs = readGtfs(feed.write(), plane(), sevenToEight()).value();
    EXPECT_EQ(gtfs.tripsRead, gtfs.tripsTaken + gtfs.tripsOtherDay + gtfs.tripsOutsideWindow + gtfs.rejected.size());
    ASSERT_EQ(gtfs.rejected.size(), 4U);
    EXPECT_EQ(gtfs.rejected[0].reason.en, "trip back: times go backwards at stop s2");
    EXPECT_EQ(gtfs.rejected[1].reason.en, "trip lost: unknown stop s9");
    EXPECT_EQ(gtfs.rejected[2].reason.en, "trip short: fewer than two stops");
    EXPECT_EQ(gtfs.rejected[3].reason.en, "trip timeless: no time at the first or last stop");
}

TEST(Gtfs, MissingFilesAndColumnsAreNamed) {
    for (const char* file : {"stops.txt", "routes.txt", "trips.txt", "stop_times.txt", "calendar.txt"}) {
        const SmallFeed feed;
        const auto path = feed.write();
        std::filesystem::remove(path / file);
        const auto gtfs = readGtfs(path, plane());
        ASSERT_FALSE(gtfs.has_value());
        EXPECT_NE(gtfs.error().detail.find(file), std::string::npos) << gtfs.error().detail;
        EXPECT_EQ(gtfs.error().where, path.string());
    }
    const SmallFeed feed;
    const auto path = feed.write();
    writeFile(feed.folder / "stops.txt", "stop_id,stop_lat\ns1,-30\n");
    EXPECT_EQ(readGtfs(path, plane()).error().detail, "stops.txt has no column stop_lon");
    EXPECT_EQ(readGtfs(path / "none", plane()).error().code, ErrorCode::FileNotFound);
    GtfsOptions wrong;
    wrong.windowEnd = wrong.windowStart;
    EXPECT_EQ(readGtfs(path, plane(), wrong).error().code, ErrorCode::BadArgument);
    wrong = {};
    wrong.date = "20190231";
    EXPECT_EQ(readGtfs(path, plane(), wrong).error().code, ErrorCode::BadArgument);
}

TEST(Gtfs, AFileOfNoiseIsNoFeed) {
    const TempFolder folder;
    writeFile(folder / "feed.zip", std::string(5000, '\x7f'));
    EXPECT_EQ(readGtfs(folder / "feed.zip", plane()).error().code, ErrorCode::SourceUnreadable);
}

TEST(Gtfs, PortoAlegreBalances) {
    const std::filesystem::path feed = std::filesystem::path(ZONEWRIGHT_SHARED_DATA) / "gtfs/r5r_poa_eptc.zip";
    if (!std::filesystem::exists(feed)) GTEST_SKIP() << "no " << feed.string();
    GtfsOptions options;
    options.date = "20190513";
    options.windowStart = Seconds(13 * 3600);
    options.windowEnd = Seconds(15 * 3600);
    const GtfsLines gtfs = readGtfs(feed, plane(), options).value();
    EXPECT_EQ(gtfs.tripsRead, gtfs.tripsTaken + gtfs.tripsOtherDay + gtfs.tripsOutsideWindow + gtfs.rejected.size());
    EXPECT_GT(gtfs.tripsTaken, 100U);
    for (const TransitLine& line : gtfs.lines) {
        EXPECT_GT(line.headway, Seconds(0));
        EXPECT_LE(line.headway.value, 7200 + 1e-6);
    }
}

}  // namespace
}  // namespace zonewright::network
