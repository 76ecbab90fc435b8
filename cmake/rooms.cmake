# common_headers(<target> <the target whose parsed headers it takes> <headers…>): the taken-from target parses them itself.
function(common_headers target owner)
  if(target STREQUAL owner)
    target_precompile_headers(${target} PRIVATE ${ARGN})
  else()
    target_precompile_headers(${target} REUSE_FROM ${owner})
  endif()
endfunction()

# read_together(<target> <how many> <folder> <names that stand alone…>): so many files of one folder are compiled as one, so
# that what they all include is read, and its templates are made, once.
# Alone stand the tables of a case, which give their parts the same names in each, and the files that the room names: they
# use a name for something else than another of their folder does.
function(read_together target count folder)
  if(NOT count)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${count})
  get_target_property(alone ${target} SOURCES)
  list(FILTER alone INCLUDE REGEX "_case\\.cpp$")
  list(TRANSFORM ARGN PREPEND ${CMAKE_SOURCE_DIR}/src/${folder}/)
  set_source_files_properties(${alone} ${ARGN} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
endfunction()

# room(<folder> [ROOMS lower rooms…] [LIBRARIES …] [ALONE files…] [TESTS_TAKE seconds]): one static library from the
# .cpp files of src/<folder> (main.cpp, *_test.cpp and *_fuzz.cpp aside) and one test program from its *_test.cpp files.
# What is tested is optimised as it is shipped; the tests themselves are compiled with REACHABLE_TEST_FLAGS, which is
# quicker, unless the room says BUSY_TESTS: its tests count millions themselves. A room that says HEAVY does what takes
# its tests long. The others are compiled with REACHABLE_LIGHT_FLAGS, where there are such: the optimiser takes longer
# there than it saves; HEAVY ones then share parsed headers of their own. REACHABLE_PAGES_FLAGS are for the rooms that
# write pages and are not fuzzed: what they do with memory is watched, and what they reckon lies in the rooms below.
# FUZZED ones tell a fuzzer which ways it found. A room that says PAGES writes pages. Rooms above derived/ share headers of their own. So many of its files are
# compiled as one as REACHABLE_PAGES_TOGETHER says, and of a room that says SMALL_FILES; of every other room as many as
# REACHABLE_TOGETHER. With REACHABLE_ON_SQLITE all tests run on SQLite alone, but those of storage, through which
# everybody asks either database. TESTS_TAKE says about how many seconds the tests take with sanitizers: the longest
# begin first, so that no processor waits for the last of them. Where one room takes longer than half of all, TESTS_IN
# deals its tests out to as many runs of the same program, which go side by side.
function(room folder)
  cmake_parse_arguments(ARG "BUSY_TESTS;PAGES;SMALL_FILES;HEAVY;FUZZED" "TESTS_TAKE;TESTS_IN" "ROOMS;LIBRARIES;ALONE" ${ARGN})
  get_filename_component(name ${folder} NAME)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(TRANSFORM ARG_ROOMS REPLACE "^.*/" "")
  list(TRANSFORM ARG_ROOMS PREPEND reachable_)
  if(sources)
    add_library(reachable_${name} STATIC ${sources})
    target_link_libraries(reachable_${name} PUBLIC ${ARG_ROOMS} ${ARG_LIBRARIES} PRIVATE reachable_compiling)
    target_include_directories(reachable_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    set(together "${REACHABLE_TOGETHER}")
    if(ARG_PAGES OR ARG_SMALL_FILES)
      set(together "${REACHABLE_PAGES_TOGETHER}")
    endif()
    read_together(reachable_${name} "${together}" ${folder} ${ARG_ALONE})
    if(NOT ARG_HEAVY)
      target_compile_options(reachable_${name} PRIVATE ${REACHABLE_LIGHT_FLAGS})
    endif()
    if(ARG_PAGES AND NOT ARG_FUZZED)
      target_compile_options(reachable_${name} PRIVATE ${REACHABLE_PAGES_FLAGS})
    endif()
    if(ARG_FUZZED AND REACHABLE_FUZZ)
      target_compile_options(reachable_${name} PRIVATE ${REACHABLE_FUZZED_FLAGS})
    endif()
    if(ARG_PAGES AND reachable_derived IN_LIST ARG_ROOMS)
      common_headers(reachable_${name} reachable_custody ${REACHABLE_COMMON_HEADERS} ${REACHABLE_PAGE_HEADERS})
    elseif(ARG_HEAVY AND REACHABLE_LIGHT_FLAGS)
      common_headers(reachable_${name} reachable_audit ${REACHABLE_COMMON_HEADERS})
    else()
      common_headers(reachable_${name} reachable_base ${REACHABLE_COMMON_HEADERS})
    endif()
  else()
    add_library(reachable_${name} INTERFACE)
    target_link_libraries(reachable_${name} INTERFACE ${ARG_ROOMS} ${ARG_LIBRARIES})
  endif()
  if(tests)
    add_executable(${name}_test ${tests})
    read_together(${name}_test "${REACHABLE_TESTS_TOGETHER}" ${folder} ${ARG_ALONE})
    if(NOT ARG_BUSY_TESTS)
      target_compile_options(${name}_test PRIVATE ${REACHABLE_TEST_FLAGS})
      common_headers(${name}_test base_test ${REACHABLE_COMMON_HEADERS} ${REACHABLE_TEST_HEADERS})
    endif()
    target_link_libraries(${name}_test PRIVATE
      reachable_${name} reachable_compiling GTest::gtest GTest::gtest_main rapidcheck::rapidcheck)
    tests_of(${name})
  endif()
endfunction()

# tests_of(<room>): called by room(), whose arguments it reads.
function(tests_of name)
  set(runs 1)
  if(ARG_TESTS_IN)
    set(runs ${ARG_TESTS_IN})
  endif()
  foreach(run RANGE 1 ${runs})
    set(test ${name})
    set(environment)
    if(runs GREATER 1)
      set(test ${name}_${run}_of_${runs})
      math(EXPR index "${run} - 1")
      list(APPEND environment GTEST_TOTAL_SHARDS=${runs} GTEST_SHARD_INDEX=${index})
    endif()
    if(REACHABLE_ON_SQLITE AND NOT name STREQUAL "storage")
      list(APPEND environment REACHABLE_TEST_POSTGRES=)
    endif()
    add_test(NAME ${test} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    set_tests_properties(${test} PROPERTIES ENVIRONMENT "${environment}")
    if(ARG_TESTS_TAKE)
      math(EXPR seconds "${ARG_TESTS_TAKE} / ${runs}")
      set_tests_properties(${test} PROPERTIES COST ${seconds})
    endif()
  endforeach()
endfunction()

# programs_in(<folder> rooms…): one program per .cpp file of the folder; bench/act.cpp becomes bench_act. The target
# all_<folder> builds them and nothing else. What is measured is compiled as it is shipped, and shares its parsed headers.
function(programs_in folder)
  add_custom_target(all_${folder})
  list(TRANSFORM ARGN PREPEND reachable_)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    if(folder STREQUAL "bench")
      add_executable(${folder}_${name} EXCLUDE_FROM_ALL ${source}) # by all_bench: nobody waits for them who only builds
    else()
      add_executable(${folder}_${name} ${source})
    endif()
    target_link_libraries(${folder}_${name} PRIVATE ${ARGN} reachable_compiling)
    if(folder STREQUAL "bench")
      common_headers(${folder}_${name} reachable_custody)
    endif()
    add_dependencies(all_${folder} ${folder}_${name})
    if(folder STREQUAL "fuzz")
      target_compile_options(${folder}_${name} PRIVATE ${REACHABLE_FUZZED_FLAGS})
      target_link_options(${folder}_${name} PRIVATE -fsanitize=fuzzer)
    endif()
  endforeach()
endfunction()
