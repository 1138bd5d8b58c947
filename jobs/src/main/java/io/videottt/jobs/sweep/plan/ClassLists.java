package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.inference.ThingClasses;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Compares the classes that a model predicts with those of a data set, before anything runs.
 *
 * @param model a planned model
 * @param folder where it is, for messages
 * @param dataset the data set
 */
public record ClassLists(ModelInfo model, String folder, DataSetDefinition dataset) {

  /** Names in a message. */
  private static final int MOST_NAMES = 8;

  /**
   * Checks that numbers of one list mean the classes of the other.
   *
   * @param tasks what the model is to predict
   * @param source file and entry, for messages
   * @throws InvalidInputException when there are more of them in one list than in the other, for
   *     instance segmentation but for the things alone, or the same in another order
   */
  public void requireSame(Set<Task> tasks, String source) {
    ThingClasses known = new ThingClasses(dataset.classes());
    if (!tasks.stream().allMatch(task -> known.fits(model.configuration(), task))) {
      throw new InvalidInputException(
          "%s: the model in %s has %d classes and data set %s has %d%s"
              .formatted(
                  source,
                  folder,
                  model.configuration().classCount(),
                  dataset.name(),
                  dataset.classCount(),
                  difference()));
    }
    List<String> own = folded(model.classNames());
    List<String> other = folded(dataNames());
    if (own.size() == other.size()
        && !own.equals(other)
        && new HashSet<>(own).equals(new HashSet<>(other))) {
      int first = 0;
      while (own.get(first).equals(other.get(first))) {
        first++;
      }
      throw new InvalidInputException(
          ("%s: the model in %s and data set %s have the same classes in another order:"
                  + " class %d is %s for the one and %s for the other")
              .formatted(
                  source,
                  folder,
                  dataset.name(),
                  first,
                  model.classNames().get(first),
                  dataNames().get(first)));
    }
  }

  /** A line about classes whose names differ though their numbers agree. */
  Optional<String> note() {
    List<String> own = folded(model.classNames());
    List<String> other = folded(dataNames());
    List<String> differing = new ArrayList<>();
    for (int i = 0; i < Math.min(own.size(), other.size()); i++) {
      if (!own.get(i).equals(other.get(i))) {
        differing.add("%d %s / %s".formatted(i, model.classNames().get(i), dataNames().get(i)));
      }
    }
    return differing.isEmpty()
        ? Optional.empty()
        : Optional.of(
            ("classes are taken by their numbers, but the model in %s and data set %s name %d"
                    + " differently: %s")
                .formatted(folder, dataset.name(), differing.size(), some(differing)));
  }

  private String difference() {
    if (model.classNames().isEmpty()) {
      return "; the model does not say which (no id2label in its config.json)";
    }
    return "; only the model has %s; only the data set has %s"
        .formatted(
            some(without(model.classNames(), dataNames())),
            some(without(dataNames(), model.classNames())));
  }

  private static List<String> without(List<String> names, List<String> others) {
    Set<String> known = new HashSet<>(folded(others));
    return names.stream().filter(name -> !known.contains(folded(name))).toList();
  }

  private static String some(List<String> names) {
    if (names.isEmpty()) {
      return "none";
    }
    String shown = String.join(", ", names.subList(0, Math.min(MOST_NAMES, names.size())));
    return names.size() <= MOST_NAMES
        ? shown
        : shown + " and %d more".formatted(names.size() - MOST_NAMES);
  }

  private List<String> dataNames() {
    return dataset.classes().stream().map(ClassDefinition::name).toList();
  }

  private static List<String> folded(List<String> names) {
    return names.stream().map(ClassLists::folded).toList();
  }

  /** Traffic light, traffic-light and trafficLight are one name. */
  private static String folded(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
  }
}
