#include "audit/tree.h"

#include <algorithm>
#include <bit>

namespace reachable::audit {
namespace {

/// Where RFC 6962 splits `count` leaves: the largest power of two below `count`.
std::uint64_t split_of(std::uint64_t count)
{
    return std::bit_floor(count - 1);
}

/// The root over the leaves from `first` on; `first` is a multiple of the power of two at or above `count`.
Hash root_of_range(std::uint64_t first, std::uint64_t count, const NodeReader& node)
{
    if (std::has_single_bit(count)) {
        const auto level = static_cast<unsigned>(std::countr_zero(count));
        return node(level, first >> level);
    }
    const auto left = split_of(count);
    return node_hash(root_of_range(first, left, node), root_of_range(first + left, count - left, node));
}

} // namespace

Hash leaf_hash(std::span<const std::uint8_t> entry)
{
    static constexpr std::array<std::uint8_t, 1> prefix{0x00};
    return sha256(prefix, entry);
}

Hash node_hash(const Hash& left, const Hash& right)
{
    std::array<std::uint8_t, 65> bytes;
    bytes[0] = 0x01;
    std::copy(left.begin(), left.end(), bytes.begin() + 1);
    std::copy(right.begin(), right.end(), bytes.begin() + 33);
    return sha256(bytes);
}

Result<Edge> Edge::from(std::uint64_t size, std::span<const std::uint8_t> hashes)
{
    if (hashes.size() != sizeof(Hash) * static_cast<std::size_t>(std::popcount(size)))
        return refuse(ProblemKind::malformed, "The edge of the audit tree does not fit its size");
    Edge edge;
    edge.size_ = size;
    for (unsigned level = 64; level-- > 0;) {
        if ((size >> level & 1U) == 0) continue;
        std::copy_n(hashes.begin(), sizeof(Hash), edge.roots_[level].begin());
        hashes = hashes.subspan(sizeof(Hash));
    }
    return edge;
}

void Edge::add(const Hash& leaf)
{
    CHECK(size_ != UINT64_MAX, "the audit tree is full");
    Hash carried = leaf;
    unsigned level = 0;
    for (; (size_ >> level & 1U) != 0; ++level) {
        newest_[level] = carried;
        carried = node_hash(roots_[level], carried);
    }
    newest_[level] = carried;
    roots_[level] = carried;
    ++size_;
}

Hash Edge::root() const
{
    if (size_ == 0) return sha256({});
    auto level = static_cast<unsigned>(std::countr_zero(size_));
    Hash root = roots_[level];
    while (++level < 64)
        if ((size_ >> level & 1U) != 0) root = node_hash(roots_[level], root);
    return root;
}

Bytes Edge::bytes() const
{
    Bytes bytes;
    for (unsigned level = 64; level-- > 0;)
        if ((size_ >> level & 1U) != 0) bytes.insert(bytes.end(), roots_[level].begin(), roots_[level].end());
    return bytes;
}

Hash root_of(std::uint64_t size, const NodeReader& node)
{
    return size == 0 ? sha256({}) : root_of_range(0, size, node);
}

std::vector<Hash> inclusion_proof(std::uint64_t sequence, std::uint64_t size, const NodeReader& node)
{
    CHECK(sequence < size, "an entry outside the tree has no proof");
    std::vector<Hash> proof;
    std::uint64_t first = 0;
    for (auto count = size; count > 1;) {
        const auto left = split_of(count);
        const bool is_left = sequence - first < left;
        proof.push_back(is_left ? root_of_range(first + left, count - left, node) : root_of_range(first, left, node));
        if (!is_left) first += left;
        count = is_left ? left : count - left;
    }
    std::reverse(proof.begin(), proof.end());
    return proof;
}

std::vector<Hash> consistency_proof(std::uint64_t old_size, std::uint64_t size, const NodeReader& node)
{
    CHECK(old_size >= 1 && old_size <= size, "the older tree must be the smaller one, and not empty");
    std::vector<Hash> proof;
    std::uint64_t first = 0;
    auto count = size;
    while (old_size - first < count) {
        const auto left = split_of(count);
        const bool is_left = old_size - first <= left;
        proof.push_back(is_left ? root_of_range(first + left, count - left, node) : root_of_range(first, left, node));
        if (!is_left) first += left;
        count = is_left ? left : count - left;
    }
    // A subtree that starts at 0 is the old tree itself, whose root the reader already holds.
    if (first != 0) proof.push_back(root_of_range(first, count, node));
    std::reverse(proof.begin(), proof.end());
    return proof;
}

bool proves_inclusion(std::span<const Hash> proof, const Hash& leaf, std::uint64_t sequence, std::uint64_t size,
                      const Hash& root)
{
    if (sequence >= size) return false;
    auto place = sequence;
    auto last = size - 1;
    Hash hash = leaf;
    for (const Hash& beside : proof) {
        if (last == 0) return false;
        const bool is_right = (place & 1U) != 0 || place == last;
        hash = is_right ? node_hash(beside, hash) : node_hash(hash, beside);
        for (; is_right && (place & 1U) == 0; place >>= 1U) last >>= 1U;
        place >>= 1U;
        last >>= 1U;
    }
    return last == 0 && hash == root;
}

bool proves_consistency(std::span<const Hash> proof, std::uint64_t old_size, const Hash& old_root, std::uint64_t size,
                        const Hash& root)
{
    if (old_size == 0 || old_size > size) return false;
    if (old_size == size) return proof.empty() && old_root == root;
    auto place = old_size - 1;
    auto last = size - 1;
    for (; (place & 1U) != 0; place >>= 1U) last >>= 1U;
    Hash old_hash = old_root;
    if (place != 0) {
        if (proof.empty()) return false;
        old_hash = proof.front();
        proof = proof.subspan(1);
    }
    Hash hash = old_hash;
    for (const Hash& beside : proof) {
        if (last == 0) return false;
        const bool is_right = (place & 1U) != 0 || place == last;
        hash = is_right ? node_hash(beside, hash) : node_hash(hash, beside);
        if (is_right) old_hash = node_hash(beside, old_hash);
        for (; is_right && place != 0 && (place & 1U) == 0; place >>= 1U) last >>= 1U;
        place >>= 1U;
        last >>= 1U;
    }
    return last == 0 && old_hash == old_root && hash == root;
}

} // namespace reachable::audit
