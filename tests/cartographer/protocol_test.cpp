#include <gtest/gtest.h>

#include "cartographer/protocol/json_lines.h"

namespace zonewright::cartographer {
namespace {

View fullView() {
    View view;
    view.theme = "clusters";
    view.layers = {"towns", "clusters:outline"};
    view.extras = {{.name = "冲突 \"1\"", .source = "/data/a b.gpkg", .table = "t", .style = "s.qml", .marks = {{"POINT(1 2)", "甲"}}, .inLegend = false, .below = true, .classes = {"far", 100, 2, "%", {{0, 0.5, "0 – 50 %", "#ffffff"}}}}};
    view.language = Language::English;
    return view;
}

PrintRequest fullPrint() {
    PrintRequest print;
    print.view = fullView();
    print.layout = "a3_landscape";
    print.file = "/out/图.pdf";
    print.placement = {.extent = {1, 2, 3, 4}, .fitLayer = "zones", .scale = 50000.0, .roundScale = false, .rotation = 12.5};
    print.dpi = 150;
    print.text.title = "标题";
    print.text.version = "";
    print.text.number = "WJ-01";
    return print;
}


TEST(Protocol, EveryRequestComesBackAsItWasSent) {
    const std::vector<Request> requests{
        HelloRequest{},
        OpenRequest{"/p/规划.gpkg", "/l", "/s"},
        ThemesRequest{},
        RenderRequest{.view = fullView(), .extent = {480000.125, 3490000, 490000, 3500000.5}, .width = 800, .height = 600, .dpi = 144, .partialFrames = false},
        RenderRequest{.view = fullView(), .extent = {}, .width = 1, .height = 1},
        LegendRequest{.view = fullView(), .extent = {1, 2, 3, 4}, .dpi = 192},
        fullPrint(),
        AtlasRequest{.sheet = fullPrint(), .over = "clusters", .filter = "\"code\" = 'a'", .margin = 0.2, .page = 3, .frames = true},
        ReportRequest{},
        StoreRequest{Language::English},
        RefreshRequest{{"a", "b"}},
        CancelRequest{77},
        ReleaseRequest{1},
        QuitRequest{},
    };
    std::uint64_t id = 1'000'000'000'000;
    for (const auto& request : requests) {
        const RequestLine sent{++id, request};
        const std::string text = encode(sent);
        EXPECT_EQ(text.find('\n'), std::string::npos) << text;
        const auto received = decodeRequest(text);
        ASSERT_TRUE(received) << received.error().detail << text;
        EXPECT_EQ(*received, sent) << text;
    }
}

TEST(Protocol, EveryReplyComesBackAsItWasSent) {
    const std::vector<Reply> replies{
        HelloReply{1, "zonewright-cartographer", "3.22", "5.15"},
        OpenReply{"EPSG:4549", {1, 2, 3, 4}, {"zones"}, {"注意"}},
        ThemesReply{{{"zones", {"分区", "Zones"}, {"副题", "Sub"}, {"a"}, {"b"}}}, {{"a3", {"A3 横向", "A3"}, 420, 297}}},
        RenderReply{{1, 2, 3, 4}, 25000, {"w"}},
        LegendReply{{{"zones", "分区", {{"0", "甲区", "iVBORw0="}}}}},
        PrintReply{"/out/a.pdf", 3, 10000, {1, 2, 3, 4}, {{"高新智造组团", {1, 2, 3, 4}, 25000}}, {"w"}},
        StoreReply{12, 3, {}},
        DoneReply{},
    };
    for (const auto& reply : replies) {
        const auto received = decodeEvent(encode(EventLine{9, reply}));
        ASSERT_TRUE(received) << received.error().detail;
        EXPECT_EQ(received->id, 9U);
        ASSERT_TRUE(std::holds_alternative<Reply>(received->event));
        EXPECT_EQ(std::get<Reply>(received->event), reply);
    }
}

TEST(Protocol, ProgressFramesAndErrorsKeepTheirContent) {
    const auto progress = decodeEvent(encode(EventLine{1, ProgressEvent{0.25, "map"}}));
    ASSERT_TRUE(progress);
    EXPECT_EQ(std::get<ProgressEvent>(progress->event), (ProgressEvent{0.25, "map"}));
    const FrameEvent frame{.slot = 1, .sequence = 12, .width = 3, .height = 2, .stride = 12, .whole = true};
    EXPECT_EQ(std::get<FrameEvent>(decodeEvent(encode(EventLine{1, frame}))->event), frame);
    const auto error = decodeEvent(encode(EventLine{1, Error{ErrorCode::UnknownTheme, "没有", "here"}}));
    ASSERT_TRUE(error);
    EXPECT_EQ(std::get<Error>(error->event).code, ErrorCode::UnknownTheme);
    EXPECT_EQ(std::get<Error>(error->event).detail, "没有");
    EXPECT_EQ(std::get<Error>(error->event).where, "here");
}

TEST(Protocol, WhatIsNoMessageIsRefusedAndNeverThrows) {
    const std::string deep = R"({"id":1,"op":"render","view":)" + std::string(100000, '[') + "}";
    for (const std::string& line : {std::string(), std::string("{"), std::string("[]"), std::string(R"({"op":"hello"})"),
                                    std::string(R"({"id":1,"op":"fly"})"), std::string(R"({"id":"x","op":"hello"})"),
                                    std::string(R"({"id":1,"op":"render","width":"wide"})"), std::string(R"({"id":1,"op":"render","extent":[1,2]})"), deep}) {
        const auto received = decodeRequest(line);
        ASSERT_FALSE(received) << line.substr(0, 80);
        EXPECT_EQ(received.error().code, ErrorCode::BadArgument);
    }
    EXPECT_FALSE(decodeEvent(R"({"id":1,"reply":{"op":"fly"}})"));
    EXPECT_FALSE(decodeEvent(R"({"id":1})"));
}

TEST(Protocol, KeysOfALaterVersionAreIgnored) {
    const auto received = decodeRequest(R"({"id":1,"op":"render","width":5,"height":6,"later":true})");
    ASSERT_TRUE(received) << received.error().detail;
    EXPECT_EQ(std::get<RenderRequest>(received->request).width, 5);
}

TEST(Protocol, AnUnfinishedFileLiesBesideItsTargetWithTheSameSuffix) {
    EXPECT_EQ(unfinishedFileOf("/out/sheet.pdf"), "/out/.sheet.unfinished.pdf");
    EXPECT_EQ(unfinishedFileOf("/out/图.a.png"), "/out/.图.a.unfinished.png");
}

}  // namespace
}  // namespace zonewright::cartographer
