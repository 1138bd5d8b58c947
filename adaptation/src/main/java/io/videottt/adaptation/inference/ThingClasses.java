package io.videottt.adaptation.inference;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.model.ModelConfiguration;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which of a data set's classes are things, and whether a model can predict them.
 *
 * @param classes things and stuff in the order of their ids
 */
public record ThingClasses(List<ClassDefinition> classes) {

  /** Keeps the list from being changed. */
  public ThingClasses {
    classes = List.copyOf(classes);
  }

  boolean contains(int classId) {
    return classes.get(classId).thing();
  }

  /**
   * Checks that a model fits a task.
   *
   * @throws InvalidInputException when the model predicts pixels and the task needs segments, or
   *     its classes are not those of the data set; for instance segmentation the things alone will
   *     do, where they come first in the data set's list
   */
  public void requireFit(ModelConfiguration model, Task task) {
    requireTask(model, task);
    if (fits(model, task)) {
      return;
    }
    throw new InvalidInputException(
        "the model has %d classes and the data set %d%s: for %s they must be the same"
                .formatted(model.classCount(), classes.size(), things(), task.title())
            + (task == Task.INSTANCE ? ", or the things alone, listed first" : ""));
  }

  /**
   * Checks that a model can do a task, whatever its classes are.
   *
   * @throws InvalidInputException when its outputs are of another kind
   */
  static void requireTask(ModelConfiguration model, Task task) {
    if (!model.tasks().contains(task)) {
      String kind =
          switch (task) {
            case SEMANTIC -> "predicts classes";
            case PANOPTIC, INSTANCE -> "predicts masks, such as Mask2Former";
            case COLORIZATION -> "was trained to predict colours";
          };
      throw new InvalidInputException(
          "%s needs a model that %s; this one can do %s only"
              .formatted(
                  task.title(),
                  kind,
                  model.tasks().stream()
                      .sorted()
                      .map(Task::title)
                      .collect(Collectors.joining(" and "))));
    }
  }

  /** Whether {@link #requireFit} would accept a model. */
  public boolean fits(ModelConfiguration model, Task task) {
    int known = model.classCount();
    return model.tasks().contains(task)
        && (task.seesGray()
            || known == classes.size()
            || task == Task.INSTANCE && known == leadingThings());
  }

  private String things() {
    return " (%d of them things)".formatted(classes.stream().filter(c -> c.thing()).count());
  }

  /** The number of things where they come first in the list, else -1. */
  private int leadingThings() {
    int things = (int) classes.stream().filter(ClassDefinition::thing).count();
    return classes.subList(0, things).stream().allMatch(ClassDefinition::thing) ? things : -1;
  }
}
