#include "audit/tiles.h"

#include <bit>
#include <gtest/gtest.h>
#include <map>
#include <rapidcheck/gtest.h>

namespace reachable::audit {
namespace {

/// The leaves of the reference implementation of RFC 6962, and the roots over the first one, two, … of them.
const std::vector<std::string> known_leaves{
    "", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"};
const std::vector<std::string> known_roots{"6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                           "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                           "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                           "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                           "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                           "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                           "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                           "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};

std::vector<Hash> leaves_of(std::size_t count)
{
    std::vector<Hash> leaves;
    for (std::size_t i = 0; i < count; ++i) leaves.push_back(leaf_hash(as_bytes("entry " + std::to_string(i))));
    return leaves;
}

/// The definition of RFC 6962 section 2.1, as plainly as it can be said.
Hash plain_root(std::span<const Hash> leaves)
{
    if (leaves.empty()) return sha256({});
    if (leaves.size() == 1) return leaves[0];
    const auto left = std::bit_floor(leaves.size() - 1);
    return node_hash(plain_root(leaves.first(left)), plain_root(leaves.subspan(left)));
}

NodeReader nodes_of(const std::vector<Hash>& leaves)
{
    return [&leaves](unsigned level, std::uint64_t number) {
        const auto first = static_cast<std::size_t>(number << level);
        const auto count = std::size_t{1} << level;
        CHECK(first + count <= leaves.size(), "a node outside the tree was asked for");
        return plain_root(std::span(leaves).subspan(first, count));
    };
}

Edge edge_of(std::span<const Hash> leaves)
{
    Edge edge;
    for (const Hash& leaf : leaves) edge.add(leaf);
    return edge;
}

TEST(Tree, an_empty_tree_has_the_hash_of_nothing_as_its_root)
{
    EXPECT_EQ(to_hex(Edge{}.root()), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Tree, the_roots_are_those_of_the_reference_implementation)
{
    Edge edge;
    for (std::size_t i = 0; i < known_leaves.size(); ++i) {
        edge.add(leaf_hash(from_hex(known_leaves[i]).value()));
        EXPECT_EQ(to_hex(edge.root()), known_roots[i]);
    }
}

TEST(Tree, the_edge_gives_the_root_of_the_definition_at_every_size)
{
    const auto leaves = leaves_of(300);
    Edge edge;
    for (std::size_t size = 0; size <= leaves.size(); ++size) {
        const auto expected = plain_root(std::span(leaves).first(size));
        ASSERT_EQ(edge.root(), expected) << size;
        ASSERT_EQ(root_of(size, nodes_of(leaves)), expected) << size;
        const auto read_back = Edge::from(size, edge.bytes());
        ASSERT_TRUE(read_back && read_back->root() == expected && read_back->size() == size);
        if (size < leaves.size()) edge.add(leaves[size]);
    }
}

TEST(Tree, an_edge_with_a_hash_too_few_or_too_many_is_refused)
{
    const auto bytes = edge_of(leaves_of(7)).bytes();
    EXPECT_FALSE(Edge::from(6, bytes));
    EXPECT_FALSE(Edge::from(15, bytes));
    EXPECT_FALSE(Edge::from(7, std::span(bytes).first(95)));
    EXPECT_TRUE(Edge::from(7, bytes));
}

TEST(Tree, every_leaf_of_every_small_tree_has_a_proof_and_no_other_place_has_it)
{
    const auto leaves = leaves_of(40);
    const auto node = nodes_of(leaves);
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        const auto root = plain_root(std::span(leaves).first(size));
        for (std::size_t i = 0; i < size; ++i) {
            const auto proof = inclusion_proof(i, size, node);
            ASSERT_TRUE(proves_inclusion(proof, leaves[i], i, size, root)) << i << " of " << size;
            ASSERT_FALSE(proves_inclusion(proof, leaves[i], (i + 1) % size, size, root) && size > 1);
            ASSERT_FALSE(proves_inclusion(proof, leaves[(i + 1) % 40], i, size, root));
            ASSERT_FALSE(proves_inclusion(proof, leaves[i], size, size, root));
        }
    }
}

TEST(Tree, every_two_sizes_have_a_consistency_proof)
{
    const auto leaves = leaves_of(40);
    const auto node = nodes_of(leaves);
    for (std::size_t size = 1; size <= leaves.size(); ++size) {
        const auto root = plain_root(std::span(leaves).first(size));
        for (std::size_t old_size = 1; old_size <= size; ++old_size) {
            const auto old_root = plain_root(std::span(leaves).first(old_size));
            const auto proof = consistency_proof(old_size, size, node);
            ASSERT_TRUE(proves_consistency(proof, old_size, old_root, size, root)) << old_size << " in " << size;
            ASSERT_FALSE(proves_consistency(proof, old_size, leaves[39], size, root) && size > 1);
            if (old_size < size) {
                ASSERT_FALSE(proves_consistency(proof, old_size, old_root, size, old_root));
                ASSERT_FALSE(proves_consistency({}, old_size, old_root, size, root));
            }
        }
    }
}

RC_GTEST_PROP(Tree, a_proof_with_one_bit_changed_or_one_hash_more_or_less_proves_nothing, ())
{
    static const auto leaves = leaves_of(200);
    const auto size = *rc::gen::inRange<std::size_t>(2, 201);
    const auto old_size = *rc::gen::inRange<std::size_t>(1, size);
    const auto root = plain_root(std::span(leaves).first(size));
    const auto old_root = plain_root(std::span(leaves).first(old_size));
    const auto place = old_size - 1;
    auto inclusion = inclusion_proof(place, size, nodes_of(leaves));
    auto consistency = consistency_proof(old_size, size, nodes_of(leaves));
    const auto change = [&](std::vector<Hash>& proof) {
        const auto how = *rc::gen::inRange(0, 3);
        if (how == 0) proof.push_back(leaves[0]);
        if (how == 1) proof.pop_back();
        if (how == 2) {
            auto& hash = proof[*rc::gen::inRange<std::size_t>(0, proof.size())];
            hash[*rc::gen::inRange<std::size_t>(0, hash.size())] ^= 1U;
        }
    };
    change(inclusion);
    RC_ASSERT_FALSE(proves_inclusion(inclusion, leaves[place], place, size, root));
    change(consistency);
    RC_ASSERT_FALSE(proves_consistency(consistency, old_size, old_root, size, root));
}

TEST(Tiles, hold_the_leaves_and_then_the_roots_of_the_tiles_below)
{
    const std::size_t count = tile_size * tile_size + 3;
    const auto leaves = leaves_of(count);
    OpenTiles tiles;
    Edge edge;
    std::map<unsigned, std::uint64_t> full;
    Hash top{};
    for (const Hash& leaf : leaves) {
        edge.add(leaf);
        tiles.add(leaf, edge, [&](const Tile& tile) {
            EXPECT_EQ(tile.number, full[tile.level]++);
            EXPECT_EQ(tile.hashes.size(), tile_size);
            EXPECT_EQ(tile.root, root_over(tile.hashes));
            if (tile.level == 0) {
                EXPECT_EQ(tile.hashes[0], leaves[tile.number * tile_size]);
            }
            if (tile.level == 1) top = tile.root;
        });
    }
    EXPECT_EQ(full[0], tile_size);
    EXPECT_EQ(full[1], 1U);
    EXPECT_EQ(top, edge_of(std::span(leaves).first(tile_size * tile_size)).root());
}

} // namespace
} // namespace reachable::audit
