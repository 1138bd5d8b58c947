package io.videottt.jobs.sweep.config;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.config.ConfigurationFile;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.Set;

/**
 * A model folder that the command line puts in place of a sweep file's.
 *
 * @param key as it was given: {@code [LABEL.][TASK.][joint|mainTaskOnly]}, one of the three at
 *     least
 * @param label of the model sets that are meant; any when empty
 * @param task that they predict and no other; any when empty
 * @param role which of a set's folders is meant; those that the set names when empty
 * @param folder usable from any folder
 */
record ModelOverride(
    String key, Optional<String> label, Optional<Task> task, Optional<Role> role, String folder) {

  /** A folder of a model set. */
  enum Role {
    JOINT("joint"),
    MAIN_TASK_ONLY("mainTaskOnly");

    private final String key;

    Role(String key) {
      this.key = key;
    }

    static Optional<Role> of(String key) {
      return Arrays.stream(values()).filter(role -> role.key.equals(key)).findFirst();
    }
  }

  /**
   * Reads {@code KEY=DIR}.
   *
   * @throws InvalidInputException when the key has other parts, or the folder no name
   */
  static ModelOverride parse(String key, String folder) {
    Deque<String> parts = new ArrayDeque<>(Arrays.asList(key.split("\\.", -1)));
    Optional<Role> role = Role.of(parts.getLast());
    role.ifPresent(known -> parts.removeLast());
    Optional<Task> task =
        parts.isEmpty()
            ? Optional.empty()
            : Arrays.stream(Task.values())
                .filter(known -> known.id().equals(parts.getLast()))
                .findFirst();
    task.ifPresent(known -> parts.removeLast());
    if (parts.size() > 1 || parts.contains("") || folder.isBlank()) {
      throw new InvalidInputException(
          "--model %s=%s: expected [LABEL.][TASK.][joint|mainTaskOnly]=DIR, for example"
                  .formatted(key, folder)
              + " joint=DIR or swin-s.panoptic.joint=DIR");
    }
    // The command line's paths are relative to where the command is run.
    String place = new ConfigurationFile(java.nio.file.Path.of("--model")).resolve(folder);
    return new ModelOverride(key, Optional.ofNullable(parts.peek()), task, role, place);
  }

  /** Whether a model set of a sweep is meant. */
  boolean means(SweepConfiguration.ModelChoice model, SweepConfiguration sweep) {
    return label.map(model.label()::equals).orElse(true)
        && task.map(only -> sweep.tasksOf(model).equals(Set.of(only))).orElse(true);
  }

  /** The model set with this folder. */
  SweepConfiguration.ModelChoice in(SweepConfiguration.ModelChoice model) {
    boolean joint = role.map(Role.JOINT::equals).orElse(model.joint() != null);
    boolean main = role.map(Role.MAIN_TASK_ONLY::equals).orElse(model.mainTaskOnly() != null);
    return new SweepConfiguration.ModelChoice(
        model.label(),
        joint ? folder : model.joint(),
        main ? folder : model.mainTaskOnly(),
        model.tasks().isEmpty() ? null : model.tasks(),
        model.trainingSeed());
  }
}
