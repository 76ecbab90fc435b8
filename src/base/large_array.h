// Arrays of many megabytes that are read here and there. The system is asked for large pages, since finding where an
// address lies costs as much as reading it where pages are small and many.
#pragma once

#include <cstddef>
#include <cstdint>
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
    /// What is large comes from the system itself and goes back to it at once: arrays that grow leave no holes.
    T* allocate(std::size_t count)
    {
        const auto bytes = count * sizeof(T);
        if (bytes < page) return static_cast<T*>(::operator new(bytes, std::align_val_t{alignof(T)}));
        auto* memory = static_cast<char*>(taken(whole_pages(bytes) + page));
        const auto before = (page - reinterpret_cast<std::uintptr_t>(memory) % page) % page;
        if (before > 0) ::munmap(memory, before);
        if (before < page) ::munmap(memory + before + whole_pages(bytes), page - before);
        ::madvise(memory + before, whole_pages(bytes), MADV_HUGEPAGE); // if it cannot, pages are small as before
        return reinterpret_cast<T*>(memory + before);
    }
    void deallocate(T* memory, std::size_t count)
    {
        const auto bytes = count * sizeof(T);
        if (bytes < page)
            ::operator delete(memory, std::align_val_t{alignof(T)});
        else
            ::munmap(memory, whole_pages(bytes));
    }
    bool operator==(const LargePages&) const = default;

  private:
    static constexpr std::size_t page = std::size_t{2} << 20U;
    static constexpr std::size_t whole_pages(std::size_t bytes) { return (bytes + page - 1) / page * page; }
    static void* taken(std::size_t bytes)
    {
        auto* memory = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) throw std::bad_alloc();
        return memory;
    }
};

template <class T>
using LargeArray = std::vector<T, LargePages<T>>;

} // namespace reachable
