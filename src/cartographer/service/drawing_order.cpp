#include <algorithm>
#include <map>
#include <set>

#include "cartographer/service/store.h"

namespace zonewright::cartographer {
namespace {

using Above = std::map<std::string, std::set<std::string>>;  ///< drawing -> drawings below it

bool reaches(const Above& above, const std::string& from, const std::string& to) {
    std::set<std::string> seen;
    std::vector<std::string> open{from};
    while (!open.empty()) {
        const std::string at = open.back();
        open.pop_back();
        if (at == to) return true;
        if (!seen.insert(at).second) continue;
        if (const auto next = above.find(at); next != above.end()) open.insert(open.end(), next->second.begin(), next->second.end());
    }
    return false;
}

}  // namespace

std::vector<std::string> commonOrder(const std::vector<Theme>& themes, std::vector<std::string>& contradictions) {
    Above above;
    std::map<std::string, int> waiting;  // drawings not yet placed, and how many above them are not
    std::vector<std::string> seen;
    for (const auto& theme : themes) {
        for (std::size_t i = 0; i < theme.layers.size(); ++i) {
            if (waiting.try_emplace(theme.layers[i], 0).second) seen.push_back(theme.layers[i]);
            for (std::size_t j = i; j-- > 0;) {
                const auto& upper = theme.layers[j];
                const auto& lower = theme.layers[i];
                if (reaches(above, lower, upper)) {
                    contradictions.push_back(theme.id + ": " + upper + " / " + lower);
                } else if (above[upper].insert(lower).second) {
                    ++waiting[lower];
                }
            }
        }
    }
    std::vector<std::string> order;
    while (order.size() < seen.size()) {
        const auto next = std::ranges::find_if(seen, [&](const auto& drawing) { return waiting.contains(drawing) && waiting[drawing] == 0; });
        waiting.erase(*next);
        order.push_back(*next);
        for (const auto& below : above[*next]) --waiting[below];
    }
    return order;
}

}  // namespace zonewright::cartographer
