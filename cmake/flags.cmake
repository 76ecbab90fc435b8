# One interface target carries every compiler and linker flag the project is built with.
add_library(reachable_compiling INTERFACE)
target_include_directories(reachable_compiling INTERFACE ${CMAKE_SOURCE_DIR}/src)
target_compile_options(reachable_compiling INTERFACE
  -Wall -Wextra -Werror -Wformat=2 -Wconversion -Wimplicit-fallthrough -Werror=format-security
  -Wnon-virtual-dtor -Wno-missing-field-initializers
  -fno-delete-null-pointer-checks -fno-strict-overflow -fno-strict-aliasing)

# Everything is linked into programs alone, so all of it is compiled alike and may share what was parsed ahead.
target_compile_options(reachable_compiling INTERFACE -fPIE)
target_link_options(reachable_compiling INTERFACE -pie)

# Where files are compiled as one, a name may hide one of another file, which hides nothing: only what hides another of the
# same function counts. And g++ takes what each file keeps to itself for a header's.
set(compiled_as_one $<BOOL:$<TARGET_PROPERTY:UNITY_BUILD>>)
target_compile_options(reachable_compiling INTERFACE
  $<$<NOT:${compiled_as_one}>:-Wshadow>
  $<$<AND:${compiled_as_one},$<CXX_COMPILER_ID:GNU>>:-Wshadow=local>
  $<$<AND:${compiled_as_one},$<CXX_COMPILER_ID:GNU>>:-Wno-subobject-linkage>)

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # Boost.Asio's coroutines draw false alarms from g++ 12 at -O2.
  target_compile_options(reachable_compiling INTERFACE
    -Wtrampolines -Wbidi-chars=any -Wno-maybe-uninitialized -Wno-array-bounds -Wno-stringop-overflow -Wno-restrict
    -fconcepts-diagnostics-depth=2)
endif()

if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # g++ is the reference; clang builds the fuzz targets against libstdc++, whose stable_sort it calls deprecated.
  target_compile_options(reachable_compiling INTERFACE -Wno-sign-conversion -Wno-deprecated-declarations -Wno-gnu-statement-expression)
  # What was parsed ahead is the same whenever its files were written.
  target_compile_options(reachable_compiling INTERFACE "SHELL:-Xclang -fno-pch-timestamp")
endif()

# What a fuzzer is told of: each way that was taken and what was compared. In the rooms that are fuzzed alone, because it
# takes a tenth of the time.
set(REACHABLE_FUZZED_FLAGS -fsanitize-coverage=inline-8bit-counters,indirect-calls,trace-cmp,pc-table)

if(REACHABLE_HARDEN)
  target_compile_options(reachable_compiling INTERFACE
    -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3 -D_GLIBCXX_ASSERTIONS -fstack-clash-protection
    -fstack-protector-strong -fcf-protection=full -ftrivial-auto-var-init=zero)
  target_link_options(reachable_compiling INTERFACE
    -Wl,-z,relro,-z,now,-z,noexecstack,-z,nodlopen,--as-needed)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_SOURCE_DIR}/tools/compile.sh ${CMAKE_SOURCE_DIR})
endif()

# What nearly every file reads first is parsed once a build: the standard's headers and base's, and for a test the two test
# libraries. Every file still includes what it uses: static analysis reads each without this help.
set(REACHABLE_COMMON_HEADERS
  <algorithm> <array> <charconv> <chrono> <functional> <map> <memory> <optional> <set> <span> <string> <string_view> <utility>
  <variant> <vector> <fmt/format.h>
  <base/id.h> <base/text.h> <base/time.h>)
set(REACHABLE_TEST_HEADERS <gtest/gtest.h> <rapidcheck/gtest.h>)
# What nearly every page of a capability reads beside them.
set(REACHABLE_PAGE_HEADERS
  <casework/search.h> <derived/forms.h> <derived/site.h> <clocks/london.h> <storage/columns.h> <ties/ties.h> <web/prose.h>
  <web/components/button.h> <web/components/input.h> <web/components/inset_text.h> <web/components/summary_list.h>
  <web/components/table.h>)
