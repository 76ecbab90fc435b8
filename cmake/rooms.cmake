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

# room(<folder> [ROOMS lower rooms…] [LIBRARIES …] [ALONE files…] [TESTS_TAKE seconds]): one static library from the .cpp files of
# src/<folder> (main.cpp, *_test.cpp and *_fuzz.cpp aside) and one test program from its *_test.cpp files. What is tested
# is optimised as it is shipped; the tests themselves are compiled with REACHABLE_TEST_FLAGS, which is quicker, unless
# the room says BUSY_TESTS: its tests count millions themselves. A room that says PAGES writes pages, which takes the
# optimiser long and makes no test quicker: with REACHABLE_PAGE_FLAGS it is compiled with these, and takes the parsed
# headers of the first such room; with REACHABLE_PAGES_ON_SQLITE its tests run on SQLite alone. TESTS_TAKE says about how many seconds the tests take with sanitizers: the longest
# begin first, so that no processor waits for the last of them.
function(room folder)
  cmake_parse_arguments(ARG "BUSY_TESTS;PAGES" "TESTS_TAKE" "ROOMS;LIBRARIES;ALONE" ${ARGN})
  get_filename_component(name ${folder} NAME)
  file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${folder}/*.cpp)
  set(tests ${sources})
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|/main)\\.cpp$")
  list(FILTER tests INCLUDE REGEX "_test\\.cpp$")
  list(TRANSFORM ARG_ROOMS REPLACE "^.*/" "")
  list(TRANSFORM ARG_ROOMS PREPEND reachable_)
  if(sources)
    add_library(reachable_${name} STATIC ${sources})
    target_link_libraries(reachable_${name} PUBLIC ${ARG_ROOMS} ${ARG_LIBRARIES} PRIVATE reachable_flags)
    target_include_directories(reachable_${name} PUBLIC ${CMAKE_SOURCE_DIR}/src)
    read_together(reachable_${name} "${REACHABLE_TOGETHER}" ${folder} ${ARG_ALONE})
    if(ARG_PAGES AND REACHABLE_PAGE_FLAGS)
      target_compile_options(reachable_${name} PRIVATE ${REACHABLE_PAGE_FLAGS})
      common_headers(reachable_${name} reachable_web ${REACHABLE_COMMON_HEADERS})
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
      reachable_${name} reachable_flags GTest::gtest GTest::gtest_main rapidcheck::rapidcheck)
    add_test(NAME ${name} COMMAND ${name}_test WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
    if(ARG_PAGES AND REACHABLE_PAGES_ON_SQLITE)
      set_tests_properties(${name} PROPERTIES ENVIRONMENT "REACHABLE_TEST_POSTGRES=")
    endif()
    if(ARG_TESTS_TAKE)
      set_tests_properties(${name} PROPERTIES COST ${ARG_TESTS_TAKE})
    endif()
  endif()
endfunction()

# programs_in(<folder> rooms…): one program per .cpp file of the folder; bench/act.cpp becomes bench_act. The target
# all_<folder> builds them and nothing else.
function(programs_in folder)
  add_custom_target(all_${folder})
  list(TRANSFORM ARGN PREPEND reachable_)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/${folder}/*.cpp)
  foreach(source ${sources})
    get_filename_component(name ${source} NAME_WE)
    add_executable(${folder}_${name} ${source})
    target_link_libraries(${folder}_${name} PRIVATE ${ARGN} reachable_flags)
    add_dependencies(all_${folder} ${folder}_${name})
    if(folder STREQUAL "fuzz")
      target_link_options(${folder}_${name} PRIVATE -fsanitize=fuzzer)
    endif()
  endforeach()
endfunction()
