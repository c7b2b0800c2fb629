#include "core/network/contraction.h"

#include <algorithm>

#include "core/network/parallel.h"

namespace zonewright::network {
namespace {

/// Longer searches find more witnesses and so make fewer shortcuts; beyond this they cost more than they save.
constexpr std::size_t kSettleLimit = 100;

/// Scatters equal keys, so that a round finds many nodes to take out.
std::uint32_t scattered(std::uint32_t v) {
    v ^= v >> 16;
    v *= 0x7FEB352DU;
    v ^= v >> 15;
    v *= 0x846CA68BU;
    return v ^ (v >> 16);
}

}  // namespace

/// Dijkstra from one neighbour of a node that may leave, over the nodes that stay, for a while only: finding no way
/// costs a shortcut too many, never a wrong time.
class Contraction::WitnessSearch {
public:
    explicit WitnessSearch(std::size_t nodes) : mTime(nodes, kUnreachable.value) {}

    /// Settles at most `settleLimit` nodes and none beyond `bound`.
    void run(const Contraction& graph, std::uint32_t from, std::uint32_t without, std::uint32_t bound, std::size_t settleLimit) {
        for (const std::uint32_t v : mTouched) mTime[v] = kUnreachable.value;
        mTouched.clear();
        mHeap.clear();
        reach(from, 0);
        for (std::size_t settled = 0; !mHeap.empty() && settled < settleLimit; ++settled) {
            const auto [time, node] = popped();
            if (time > mTime[node]) continue;
            if (time >= bound) return;
            for (const Tie& tie : graph.mTies[node]) {
                if (tie.node == without || tie.out > bound - time || graph.mLeaving[tie.node] != 0) continue;
                reach(tie.node, time + tie.out);
            }
        }
    }
    [[nodiscard]] std::uint32_t timeTo(std::uint32_t node) const { return mTime[node]; }

private:
    using Entry = std::pair<std::uint32_t, std::uint32_t>;

    void reach(std::uint32_t node, std::uint32_t time) {
        if (time >= mTime[node]) return;
        if (mTime[node] == kUnreachable.value) mTouched.push_back(node);
        mTime[node] = time;
        mHeap.emplace_back(time, node);
        std::push_heap(mHeap.begin(), mHeap.end(), std::greater<>());
    }
    Entry popped() {
        std::pop_heap(mHeap.begin(), mHeap.end(), std::greater<>());
        const Entry least = mHeap.back();
        mHeap.pop_back();
        return least;
    }

    std::vector<std::uint32_t> mTime;
    std::vector<std::uint32_t> mTouched;
    std::vector<Entry> mHeap;
};

Contraction::Contraction(const Graph& graph)
    : mTies(graph.nodeCount()), mLevel(graph.nodeCount(), 0), mCost(graph.nodeCount(), 0), mLeaving(graph.nodeCount(), 0) {
    for (std::uint32_t v = 0; v < graph.nodeCount(); ++v) {
        for (const Graph::Link& link : graph.linksOf(v)) {
            if (link.head != v && link.time < kUnreachable.value) addTie({v, link.head, link.time, 1});
        }
    }
}

void Contraction::addTie(const Shortcut& s) {
    const auto tieTo = [](std::vector<Tie>& ties, std::uint32_t node) -> Tie& {
        const auto it = std::find_if(ties.begin(), ties.end(), [&](const Tie& t) { return t.node == node; });
        if (it != ties.end()) return *it;
        return ties.emplace_back(Tie{node});
    };
    Tie& there = tieTo(mTies[s.from], s.to);
    if (s.time >= there.out) return;
    Tie& back = tieTo(mTies[s.to], s.from);
    there.out = back.in = s.time;
    there.hops = back.hops = s.hops;
}

std::uint64_t Contraction::key(std::uint32_t node) const {
    return (std::uint64_t{mLevel[node] * 1000 + mCost[node]} << 32) | scattered(node);
}

bool Contraction::isLeastAmongNeighbours(std::uint32_t node) const {
    const std::uint64_t own = key(node);
    return std::all_of(mTies[node].begin(), mTies[node].end(), [&](const Tie& tie) { return own < key(tie.node); });
}

void Contraction::planFor(std::uint32_t node, WitnessSearch& search, Plan& plan) const {
    plan.shortcuts.clear();
    const std::vector<Tie>& ties = mTies[node];
    std::uint32_t removedHops = 0;
    std::uint32_t addedHops = 0;
    std::uint32_t removed = 0;
    for (const Tie& in : ties) {
        const std::uint32_t ways = (in.in < kUnreachable.value ? 1U : 0U) + (in.out < kUnreachable.value ? 1U : 0U);
        removed += ways;
        removedHops += ways * in.hops;
        if (in.in >= kUnreachable.value) continue;
        std::optional<std::uint32_t> longest;
        for (const Tie& out : ties) {
            if (out.node != in.node && out.out < kUnreachable.value) longest = std::max(longest.value_or(0), out.out);
        }
        if (!longest) continue;
        search.run(*this, in.node, node, in.in + *longest, kSettleLimit);
        for (const Tie& out : ties) {
            if (out.node == in.node || out.out >= kUnreachable.value) continue;
            const std::uint32_t time = in.in + out.out;
            if (search.timeTo(out.node) <= time) continue;
            plan.shortcuts.push_back({in.node, out.node, time, in.hops + out.hops});
            addedHops += in.hops + out.hops;
        }
    }
    plan.cost = removed == 0 ? 0 : static_cast<std::uint32_t>(1000 * plan.shortcuts.size() / removed) + 1000 * addedHops / removedHops;
}

void Contraction::apply(std::uint32_t node, const Plan& plan) {
    for (const Tie& tie : mTies[node]) {
        std::vector<Tie>& back = mTies[tie.node];
        back.erase(std::find_if(back.begin(), back.end(), [&](const Tie& t) { return t.node == node; }));
        mLevel[tie.node] = std::max(mLevel[tie.node], mLevel[node] + 1);
    }
    for (const Shortcut& shortcut : plan.shortcuts) addTie(shortcut);
    mOrder.push_back(node);
}

Result<Hierarchy> Contraction::run(Progress& progress) {
    std::vector<WitnessSearch> searches(threadCount(), WitnessSearch(mTies.size()));
    std::vector<Plan> plans;
    std::vector<std::uint32_t> remaining(mTies.size());
    for (std::uint32_t v = 0; v < remaining.size(); ++v) remaining[v] = v;
    inParallel({remaining.size(), 64}, [&](std::size_t i, std::size_t thread) {
        Plan plan;
        planFor(static_cast<std::uint32_t>(i), searches[thread], plan);
        mCost[i] = plan.cost;
    });
    std::vector<std::uint32_t> candidates;
    while (!remaining.empty()) {
        if (!progress.report(static_cast<double>(mOrder.size()) / static_cast<double>(mTies.size()), "hierarchy")) {
            return failure(ErrorCode::Cancelled, "hierarchy");
        }
        candidates.clear();
        for (const std::uint32_t v : remaining) {
            if (isLeastAmongNeighbours(v)) candidates.push_back(v);
        }
        for (const std::uint32_t v : candidates) mLeaving[v] = 1;
        if (plans.size() < candidates.size()) plans.resize(candidates.size());
        inParallel({candidates.size(), 64}, [&](std::size_t i, std::size_t thread) { planFor(candidates[i], searches[thread], plans[i]); });
        // Costs known from earlier rounds may be too low: a candidate leaves only if it is still the least with its
        // cost of today, and the least of all candidates leaves in any case, so that every round gets on.
        for (std::size_t i = 0; i < candidates.size(); ++i) mCost[candidates[i]] = plans[i].cost;
        const std::uint32_t least = *std::min_element(candidates.begin(), candidates.end(), [&](std::uint32_t a, std::uint32_t b) { return key(a) < key(b); });
        for (std::size_t i = 0; i < candidates.size(); ++i) {
            const std::uint32_t v = candidates[i];
            if (v == least || isLeastAmongNeighbours(v)) apply(v, plans[i]);
            else mLeaving[v] = 0;
        }
        std::erase_if(remaining, [&](std::uint32_t v) { return mLeaving[v] != 0; });
    }
    return std::move(*this).ordered();
}

Hierarchy Contraction::ordered() && {
    // Slots: a node may be placed once all its upper neighbours are; taking the one freed last keeps neighbours together.
    const std::size_t n = mTies.size();
    std::vector<std::uint32_t> waitingFor(n);
    std::vector<std::vector<std::uint32_t>> lower(n);
    for (const std::uint32_t v : mOrder) {
        waitingFor[v] = static_cast<std::uint32_t>(mTies[v].size());
        for (const Tie& tie : mTies[v]) lower[tie.node].push_back(v);
    }
    std::vector<std::uint32_t> ready;
    for (const std::uint32_t v : mOrder) {
        if (waitingFor[v] == 0) ready.push_back(v);
    }
    Hierarchy h;
    h.mNodeAt.reserve(n);
    while (!ready.empty()) {
        const std::uint32_t v = ready.back();
        ready.pop_back();
        h.mNodeAt.push_back(NodeId{v});
        for (const std::uint32_t below : lower[v]) {
            if (--waitingFor[below] == 0) ready.push_back(below);
        }
    }
    h.setSlots();
    for (const NodeId node : h.mNodeAt) {
        std::vector<Tie>& ties = mTies[index(node)];
        std::sort(ties.begin(), ties.end(), [&](const Tie& a, const Tie& b) { return h.mSlotOf[a.node] < h.mSlotOf[b.node]; });
        for (const Tie& tie : ties) {
            if (tie.out < kUnreachable.value) h.mUp.push_back({h.mSlotOf[tie.node], tie.out});
            if (tie.in < kUnreachable.value) h.mDown.push_back({h.mSlotOf[tie.node], tie.in});
        }
        h.mFirstUp.push_back(static_cast<std::uint32_t>(h.mUp.size()));
        h.mFirstDown.push_back(static_cast<std::uint32_t>(h.mDown.size()));
    }
    return h;
}

}  // namespace zonewright::network
