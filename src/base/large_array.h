// Arrays of many megabytes that are read here and there. The system is asked for large pages, since finding where an
// address lies costs as much as reading it where pages are small and many.
#pragma once

#include <cstddef>
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
        void* memory = ::operator new(bytes, alignment_of(count));
        if (bytes >= page) ::madvise(memory, bytes, MADV_HUGEPAGE); // if it cannot, pages are small as before
        return static_cast<T*>(memory);
    }
    void deallocate(T* memory, std::size_t count) { ::operator delete(memory, alignment_of(count)); }
    bool operator==(const LargePages&) const = default;

  private:
    static constexpr std::size_t page = std::size_t{2} << 20U;
    static std::align_val_t alignment_of(std::size_t count)
    {
        return std::align_val_t{count * sizeof(T) >= page ? page : alignof(T)};
    }
};

template <class T>
using LargeArray = std::vector<T, LargePages<T>>;

} // namespace reachable
