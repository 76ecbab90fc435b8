// Arrays of many megabytes that are read here and there. The system is asked for large pages, since finding where an
// address lies costs as much as reading it where pages are small and many.
#pragma once

#include <cstddef>
#include <cstdlib>
#include <new>
#include <sys/mman.h>
#include <vector>

namespace reachable {

template <class T>
struct LargePages {
    using value_type = T;

    LargePages() = default;
    template <class Other>
    explicit LargePages(const LargePages<Other>&)
    {
    }
    T* allocate(std::size_t count)
    {
        const auto bytes = count * sizeof(T);
        const bool is_large = bytes >= page;
        const auto alignment = is_large                                 ? page
                               : alignof(T) > alignof(std::max_align_t) ? alignof(T)
                                                                        : alignof(std::max_align_t);
        const auto whole = (bytes + alignment - 1) / alignment * alignment;
        void* memory = std::aligned_alloc(alignment, whole);
        if (memory == nullptr) throw std::bad_alloc();
        if (is_large) ::madvise(memory, whole, MADV_HUGEPAGE); // if it cannot, pages are small as before
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t) { std::free(memory); }
    bool operator==(const LargePages&) const = default;

  private:
    static constexpr std::size_t page = std::size_t{2} << 20U;
};

template <class T>
using LargeArray = std::vector<T, LargePages<T>>;

} // namespace reachable
