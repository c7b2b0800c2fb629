#pragma once

#include <array>
#include <cstdio>
#include <filesystem>
#include <regex>
#include <string>

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>

#include "support/temp_folder.h"

namespace zonewright::test {

struct Ran {
    int status = -1;
    std::string out;
    std::string err;

    [[nodiscard]] nlohmann::json json() const { return nlohmann::json::parse(out); }
};

/// Runs a shell command with `$Z` as the program, in English unless told otherwise.
inline Ran shell(const std::string& command) {
    const TempFolder scratch;
    const std::string err = (scratch / "err").string();
    const std::string whole = "export Z='" ZONEWRIGHT_BIN_DIR "/zonewright' LC_ALL=en_US.UTF-8 QT_QPA_PLATFORM=offscreen; (" + command + ") 2>" + err;
    Ran ran;
    FILE* pipe = popen(whole.c_str(), "r");
    std::array<char, 4096> buffer{};
    for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) ran.out.append(buffer.data(), n);
    ran.status = WEXITSTATUS(pclose(pipe));
    ran.err = readFile(err);
    return ran;
}

inline Ran zonewright(const std::string& arguments) { return shell("\"$Z\" " + arguments); }

/// One line of the form `zonewright: error[CODE]: what, where; what to do`, and nothing on stdout.
inline void expectFailure(const Ran& ran, int status, const std::string& code) {
    EXPECT_EQ(ran.status, status) << ran.out << ran.err;
    EXPECT_TRUE(std::regex_match(ran.err, std::regex("zonewright: error\\[" + code + "\\]: [^\\n]+; [^\\n]+\\n"))) << ran.err;
}

/// Each test works on a copy of the sample plan that the build made.
class OnSample : public testing::Test {
protected:
    void SetUp() override { std::filesystem::copy_file(ZONEWRIGHT_SAMPLE_PLAN, plan); }
    TempFolder folder;
    std::string plan = (folder / "plan.gpkg").string();

    Ran run(const std::string& command, const std::string& rest = "") { return zonewright("--json " + command + " " + plan + " " + rest); }
};

}  // namespace zonewright::test
