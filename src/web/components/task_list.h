// Tasks to be done in any order, each with its state.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "web/components/shared.h"
#include "web/components/tag.h"

namespace reachable::web {

struct TaskListTitle {
    Content text = {};
    Classes classes = {};
};

struct TaskListStatus {
    std::optional<Tag> tag = {}; // what is still to be done; a finished task has plain words
    Content text = {};
    Classes classes = {};
};

struct TaskListItem {
    TaskListTitle title = {};
    Content hint = {};
    TaskListStatus status = {};
    std::string href = {}; // empty: cannot be started yet
    Classes classes = {};
    /// The number in the ids of its hint and state; its place in the list when not given.
    std::optional<int> number = {};
};

struct TaskList {
    std::vector<TaskListItem> items = {};
    std::string id_prefix = "task-list";
    Classes classes = {};
    Attributes attributes = {};
};
Html render(const TaskList& list);

} // namespace reachable::web
