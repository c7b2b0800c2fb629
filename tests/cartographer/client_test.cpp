#include <atomic>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>
#include <sys/wait.h>

#include "cartographer/test_plan.h"

namespace zonewright::cartographer {
namespace {

using namespace std::chrono_literals;

/// The end of a job, waited for.
class Outcome {
public:
    Handlers handlers() {
        Handlers all;
        all.done = [this](Result<Reply> reply) {
            const std::lock_guard lock(mMutex);
            mReply = std::move(reply);
            mKnown.notify_all();
        };
        return all;
    }
    const Result<Reply>& wait() {
        std::unique_lock lock(mMutex);
        mKnown.wait(lock, [this] { return mReply.has_value(); });
        return *mReply;
    }
    [[nodiscard]] bool known() {
        const std::lock_guard lock(mMutex);
        return mReply.has_value();
    }

private:
    std::mutex mMutex;
    std::condition_variable mKnown;
    std::optional<Result<Reply>> mReply;
};

TEST(Client, AServiceKilledWhileDrawingIsReplacedOnceAndSaidSo) {
    const TestPlan plan;
    std::vector<Restart> restarts;
    std::mutex mutex;
    ClientOptions options = testOptions();
    options.onRestart = [&](const Restart& restart) {
        const std::lock_guard lock(mutex);
        restarts.push_back(restart);
    };
    Cartographer cartographer(options);
    ASSERT_TRUE(cartographer.open(plan.file()));
    const int first = cartographer.processId();
    ::kill(first, SIGSTOP);  // so that it cannot be quicker than the kill
    Outcome outcome;
    cartographer.begin(frameOf("zones"), outcome.handlers());
    std::this_thread::sleep_for(50ms);
    ::kill(first, SIGKILL);

    const auto& reply = outcome.wait();
    ASSERT_TRUE(reply) << reply.error().detail;
    EXPECT_TRUE(std::holds_alternative<RenderReply>(*reply));
    EXPECT_NE(cartographer.processId(), first);
    const std::lock_guard lock(mutex);
    ASSERT_EQ(restarts.size(), 1U);
    EXPECT_EQ(restarts[0].during, "render");
    EXPECT_NE(restarts[0].ended.find("signal 9"), std::string::npos) << restarts[0].ended;
}

TEST(Client, ASecondDeathFailsTheJobAndTheNextOneWorks) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    Outcome outcome;
    cartographer.begin(frameOf("zones"), outcome.handlers());
    while (!outcome.known()) {
        if (const int running = cartographer.processId(); running > 0) ::kill(running, SIGKILL);
        std::this_thread::sleep_for(1ms);
    }
    const auto& reply = outcome.wait();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::CartographerFailed);
    const auto next = cartographer.render(frameOf("zones"));
    EXPECT_TRUE(next) << next.error().detail;
}

TEST(Client, EveryChildIsReaped) {
    const TestPlan plan;
    int last = 0;
    {
        Cartographer cartographer(testOptions());
        ASSERT_TRUE(cartographer.open(plan.file()));
        ::kill(cartographer.processId(), SIGKILL);
        const auto drawn = cartographer.render(frameOf("zones"));
        ASSERT_TRUE(drawn) << drawn.error().detail;
        last = cartographer.processId();
    }
    EXPECT_EQ(::kill(last, 0), -1) << "it ended with its client";
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1) << "no child, dead or alive, is left";
}

TEST(Client, CancellingAnswersAtOnceThoughTheServiceHangs) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    const int hanging = cartographer.processId();
    ::kill(hanging, SIGSTOP);
    Outcome outcome;
    const JobId job = cartographer.begin(frameOf("zones"), outcome.handlers());
    std::this_thread::sleep_for(50ms);  // until it is with the service
    cartographer.cancel(job);
    const auto& reply = outcome.wait();
    ASSERT_FALSE(reply);
    EXPECT_EQ(reply.error().code, ErrorCode::Cancelled);
    const auto next = cartographer.render(frameOf("zones"));
    ASSERT_TRUE(next) << next.error().detail;
    EXPECT_NE(cartographer.processId(), hanging) << "the one that hung was replaced";
}

TEST(Client, ACancelledDrawingLeavesTheServiceReady) {
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    const int before = cartographer.processId();
    RenderRequest large = frameOf("blocks");
    large.width = 4000;
    large.height = 3000;
    Outcome outcome;
    Handlers handlers = outcome.handlers();
    std::atomic<JobId> job{};
    handlers.frame = [&](const Frame& frame) {
        if (!frame.whole) cartographer.cancel(job);
    };
    job = cartographer.begin(large, handlers);
    const auto& reply = outcome.wait();
    ASSERT_FALSE(reply) << "the frame was whole before its first part was seen";
    EXPECT_EQ(reply.error().code, ErrorCode::Cancelled);
    ASSERT_TRUE(cartographer.render(frameOf("zones")));
    EXPECT_EQ(cartographer.processId(), before);
}

TEST(Client, ProgressThatSaysNoStopsAPrintAndLeavesNoFile) {
    struct No : Progress {
        bool report(double, std::string_view) override { return false; }
    } no;
    const TestPlan plan;
    Cartographer cartographer(testOptions());
    ASSERT_TRUE(cartographer.open(plan.file()));
    ::kill(cartographer.processId(), SIGSTOP);
    PrintRequest print;
    print.view.theme = "zones";
    print.layout = (std::filesystem::path(ZONEWRIGHT_SOURCE_DIR) / "styles/layouts/a3_landscape.qpt").string();
    print.file = plan / "sheet.pdf";
    const auto printed = cartographer.print(print, &no);
    ASSERT_FALSE(printed);
    EXPECT_EQ(printed.error().code, ErrorCode::Cancelled);
    EXPECT_TRUE(cartographer.render(frameOf("zones")));
    EXPECT_EQ(plan.files(), std::vector<std::string>{"plan.gpkg"});
}

TEST(Client, AProgramThatIsMissingOrNotTheServiceIsAnErrorNotAHang) {
    ClientOptions options = testOptions();
    options.program = "/nowhere/zonewright-cartographer";
    EXPECT_EQ(Cartographer(options).themes().error().code, ErrorCode::CartographerUnavailable);
    options.program = "/bin/false";
    EXPECT_EQ(Cartographer(options).themes().error().code, ErrorCode::CartographerFailed);
    options.program = "/bin/cat";  // says back what it hears, which is no answer
    options.patience = 200ms;
    EXPECT_EQ(Cartographer(options).themes().error().code, ErrorCode::CartographerFailed);
}

TEST(Client, TheServiceEndsWhenItsClientIsGone) {
    std::array<int, 2> ends{};
    ASSERT_EQ(::pipe(ends.data()), 0);
    const pid_t client = ::fork();
    if (client == 0) {  // a client that dies without a word
        auto cartographer = std::make_unique<Cartographer>(testOptions());
        (void)cartographer->themes();
        const int service = cartographer->processId();
        (void)!::write(ends[1], &service, sizeof service);
        ::_exit(0);
    }
    int service = 0;
    ASSERT_EQ(::read(ends[0], &service, sizeof service), static_cast<ssize_t>(sizeof service));
    ::waitpid(client, nullptr, 0);
    ASSERT_GT(service, 0);
    for (int i = 0; i < 100 && ::kill(service, 0) == 0; ++i) std::this_thread::sleep_for(100ms);
    EXPECT_EQ(::kill(service, 0), -1);
}

}  // namespace
}  // namespace zonewright::cartographer
