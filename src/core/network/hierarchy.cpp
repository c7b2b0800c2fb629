#include "core/network/hierarchy.h"

#include <algorithm>

#include "core/network/blob.h"
#include "core/network/contraction.h"

namespace zonewright::network {
namespace {

constexpr std::string_view kTag = "hierarchy";
constexpr std::uint64_t kVersion = 1;

}  // namespace

Result<Hierarchy> Hierarchy::of(const Graph& graph, Progress& progress) { return Contraction(graph).run(progress); }

void Hierarchy::setSlots() {
    mSlotOf.assign(mNodeAt.size(), ~std::uint32_t{0});
    for (std::uint32_t slot = 0; slot < mNodeAt.size(); ++slot) mSlotOf[index(mNodeAt[slot])] = slot;
}

std::string Hierarchy::toBytes() const {
    BlobWriter writer;
    writer.add(mNodeAt);
    writer.add(mFirstUp);
    writer.add(mFirstDown);
    writer.add(mUp);
    writer.add(mDown);
    return std::move(writer).sealed(kTag, kVersion);
}

Result<Hierarchy> Hierarchy::fromBytes(std::string_view bytes) {
    Result<BlobReader> reader = BlobReader::open(bytes, kTag, kVersion);
    if (!reader) return tl::unexpected(reader.error());
    Hierarchy h;
    reader->read(h.mNodeAt);
    reader->read(h.mFirstUp);
    reader->read(h.mFirstDown);
    reader->read(h.mUp);
    reader->read(h.mDown);
    if (!reader->whole() || !h.isSound()) return failure(ErrorCode::SourceUnreadable, "stored hierarchy is damaged");
    h.setSlots();
    return h;
}

bool Hierarchy::isSound() const {
    const std::size_t n = mNodeAt.size();
    std::vector<std::uint8_t> seen(n, 0);
    for (const NodeId v : mNodeAt) {
        if (index(v) >= n || seen[index(v)]++ != 0) return false;
    }
    const auto linksFit = [&](const std::vector<std::uint32_t>& first, const std::vector<Link>& links) {
        if (first.size() != n + 1 || first.front() != 0 || first.back() != links.size() || !std::is_sorted(first.begin(), first.end())) return false;
        for (std::uint32_t slot = 0; slot < n; ++slot) {
            for (std::uint32_t i = first[slot]; i < first[slot + 1]; ++i) {
                if (links[i].upper >= slot || links[i].time > kUnreachable.value) return false;
            }
        }
        return true;
    };
    return linksFit(mFirstUp, mUp) && linksFit(mFirstDown, mDown);
}

}  // namespace zonewright::network
