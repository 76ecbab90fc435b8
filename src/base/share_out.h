// Work in parts, each done once, on a few threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace reachable {

/// Calls `work` with each number below `count`, on so many threads, this one among them; returns when all is done.
/// `work` must not throw.
template <class Work>
void share_out(unsigned threads, std::size_t count, Work work)
{
    std::atomic<std::size_t> next{0};
    const auto take = [&] {
        for (auto i = next++; i < count; i = next++) work(i);
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < std::min<std::size_t>(threads, count); ++i) others.emplace_back(take);
    take();
}

} // namespace reachable
