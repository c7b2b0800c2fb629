#include "core/coverage/noding.h"

#include <algorithm>
#include <optional>

#include "core/coverage/box_tree.h"

namespace zonewright::coverage {
namespace {

constexpr int kMostRounds = 32;

struct Piece {
    GridPoint a;
    GridPoint b;
    std::uint32_t source;
    bool fresh;  ///< its course is new: it may cross anything
};

struct Split {
    std::uint32_t piece;
    GridPoint at;
};

BoxTree treeOf(const std::vector<Piece>& pieces) {
    std::vector<GridBox> boxes;
    boxes.reserve(pieces.size());
    for (const Piece& p : pieces) boxes.push_back(GridBox::of(p.a, p.b));
    return BoxTree(boxes);
}

void splitAt(const std::vector<Piece>& pieces, std::uint32_t piece, GridPoint at,
             std::vector<Split>& splits) {
    if (at != pieces[piece].a && at != pieces[piece].b) splits.push_back({piece, at});
}

/// The splits that make the pieces i and j meet in ends only.
void meet(const std::vector<Piece>& pieces, std::uint32_t i, std::uint32_t j, std::vector<Split>& splits) {
    const Piece& p = pieces[i];
    const Piece& q = pieces[j];
    switch (meeting(p.a, p.b, q.a, q.b)) {
        case Meeting::Crossing: {
            const GridPoint at = crossingPoint(p.a, p.b, q.a, q.b);
            splitAt(pieces, i, at, splits);
            splitAt(pieces, j, at, splits);
            break;
        }
        case Meeting::Touching:
            for (const GridPoint end : {q.a, q.b}) {
                if (liesInside(end, p.a, p.b)) splits.push_back({i, end});
            }
            for (const GridPoint end : {p.a, p.b}) {
                if (liesInside(end, q.a, q.b)) splits.push_back({j, end});
            }
            break;
        case Meeting::Apart:
        case Meeting::AtEnds:
        case Meeting::Same:
            break;
    }
}

std::vector<Split> findSplits(const std::vector<Piece>& pieces) {
    const BoxTree tree = treeOf(pieces);
    std::vector<Split> splits;
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        if (!pieces[i].fresh) continue;
        tree.query(GridBox::of(pieces[i].a, pieces[i].b), [&](std::uint32_t j) {
            if (j == i || (pieces[j].fresh && j < i)) return;
            meet(pieces, i, j, splits);
        });
    }
    return splits;
}

/// Distance along the piece, as a number that orders points near it.
Wide along(const Piece& piece, GridPoint p) {
    return static_cast<Wide>(piece.b.x - piece.a.x) * (p.x - piece.a.x) +
           static_cast<Wide>(piece.b.y - piece.a.y) * (p.y - piece.a.y);
}

std::vector<Piece> applySplits(const std::vector<Piece>& pieces, std::vector<Split>& splits) {
    std::sort(splits.begin(), splits.end(), [&](const Split& s, const Split& t) {
        if (s.piece != t.piece) return s.piece < t.piece;
        const Wide ds = along(pieces[s.piece], s.at);
        const Wide dt = along(pieces[t.piece], t.at);
        return ds != dt ? ds < dt : s.at < t.at;
    });
    std::vector<Piece> out;
    out.reserve(pieces.size() + splits.size());
    auto split = splits.begin();
    for (std::uint32_t i = 0; i < pieces.size(); ++i) {
        const Piece& piece = pieces[i];
        bool bent = false;
        for (auto s = split; s != splits.end() && s->piece == i; ++s)
            bent = bent || turn(piece.a, piece.b, s->at) != 0;
        const bool whole = split == splits.end() || split->piece != i;
        GridPoint from = piece.a;
        for (; split != splits.end() && split->piece == i; ++split) {
            if (split->at == from) continue;
            out.push_back({from, split->at, piece.source, bent});
            from = split->at;
        }
        if (from != piece.b) out.push_back({from, piece.b, piece.source, !whole && bent});
    }
    return out;
}

std::vector<Piece> piecesOf(std::span<const NodingInput> segments) {
    std::vector<Piece> pieces;
    std::vector<Split> forced;
    for (std::uint32_t i = 0; i < segments.size(); ++i) {
        for (const GridPoint via : segments[i].via) {
            if (via != segments[i].a && via != segments[i].b) forced.push_back({i, via});
        }
        pieces.push_back({segments[i].a, segments[i].b, i, true});
    }
    if (!forced.empty()) pieces = applySplits(pieces, forced);
    for (Piece& piece : pieces) piece.fresh = true;
    std::erase_if(pieces, [](const Piece& p) { return p.a == p.b; });
    return pieces;
}

}  // namespace

Outcome<std::vector<std::vector<GridPoint>>> noded(std::span<const NodingInput> segments) {
    std::vector<Piece> pieces = piecesOf(segments);
    for (int round = 0;; ++round) {
        std::vector<Split> splits = findSplits(pieces);
        if (splits.empty()) break;
        if (round == kMostRounds)
            return refusal(ErrorCode::WouldCross, "the crossings are too close to each other",
                           splits.front().at);
        pieces = applySplits(pieces, splits);
    }
    std::vector<std::vector<GridPoint>> chains(segments.size());
    for (std::size_t i = 0; i < segments.size(); ++i) chains[i].push_back(segments[i].a);
    for (const Piece& piece : pieces) chains[piece.source].push_back(piece.b);
    return chains;
}

std::optional<Conflict> firstConflict(std::span<const NodingInput> segments) {
    const std::vector<Piece> pieces = piecesOf(segments);
    const std::vector<Split> splits = [&] { return findSplits(pieces); }();
    if (splits.empty()) return std::nullopt;
    const Split& split = splits.front();
    std::optional<Conflict> out;
    for (std::uint32_t j = 0; j < pieces.size() && !out; ++j) {
        if (j == split.piece) continue;
        const Meeting m = meeting(pieces[split.piece].a, pieces[split.piece].b, pieces[j].a, pieces[j].b);
        if (m == Meeting::Crossing || m == Meeting::Touching)
            out = Conflict{pieces[split.piece].source, pieces[j].source, split.at};
    }
    return out;
}

}  // namespace zonewright::coverage
