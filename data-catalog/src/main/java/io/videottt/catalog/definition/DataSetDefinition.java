package io.videottt.catalog.definition;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.io.storage.SafePaths;
import io.videottt.io.storage.StorageLocation;
import io.videottt.metrics.SemanticCounts;
import java.io.Serializable;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.Path;

/**
 * What a catalogue file says about a data set. Serialisable, so that a task elsewhere can open the
 * same data.
 *
 * @param name short name: small letters, digits and hyphens
 * @param title name as printed
 * @param root folder of the files, any Hadoop path; empty for generated data
 * @param layout where the files lie below the root
 * @param framesPerSecond frame rate of the recordings; 0 where their files tell it
 * @param classes the K classes for all tasks, in the order of their training ids; a catalogue file
 *     may name one of the lists that come along instead ({@code coco-133}, {@code coco-80}); none
 *     where nothing is annotated
 * @param ignoreLabels ids in the label files that stand for pixels without ground truth, or
 *     categories of annotations that are passed over; 255 when left out
 * @param splits the splits by name, in the file's order
 * @param published whether the paper reports numbers on this data set
 */
public record DataSetDefinition(
    String name,
    String title,
    String root,
    Layout layout,
    double framesPerSecond,
    @JsonDeserialize(using = ClassesReader.class) List<ClassDefinition> classes,
    List<Long> ignoreLabels,
    Map<String, SplitDefinition> splits,
    boolean published)
    implements Serializable {

  private static final int MOST_CLASSES = 10_000;

  /** Fills the defaults and checks the values. */
  public DataSetDefinition {
    if (name == null || !name.matches("[a-z0-9]+(-[a-z0-9]+)*")) {
      throw new InvalidInputException(
          "name is %s, expected small letters, digits and hyphens".formatted(name));
    }
    title = title == null ? name : title;
    if (layout == null) {
      throw new InvalidInputException("layout is missing");
    }
    root = root == null ? "" : root;
    // Where nobody has annotated anything, files tell their rate, and there need be no classes.
    boolean annotated = !layout.tasks().isEmpty();
    framesPerSecond = framesPerSecond == 0 ? layout.framesPerSecond() : framesPerSecond;
    if (!(framesPerSecond >= 0 && framesPerSecond < Double.POSITIVE_INFINITY)
        || annotated && framesPerSecond == 0) {
      throw new InvalidInputException(
          "framesPerSecond is %s, expected more than 0".formatted(framesPerSecond));
    }
    classes = classes == null && !annotated ? List.of() : classes;
    if (classes == null || annotated && classes.isEmpty()) {
      throw new InvalidInputException("classes is missing: a data set needs at least one class");
    }
    classes = List.copyOf(classes);
    ignoreLabels =
        ignoreLabels == null ? defaultIgnored(classes, layout) : List.copyOf(ignoreLabels);
    checkLabels(classes, ignoreLabels, layout);
    if (splits == null || splits.isEmpty()) {
      throw new InvalidInputException("splits is missing: a data set needs at least one split");
    }
    splits = Collections.unmodifiableMap(new LinkedHashMap<>(splits));
    splits.forEach(
        (split, definition) -> {
          SafePaths.requireWord(split, "split");
          if (definition == null) {
            throw new InvalidInputException("split %s is empty".formatted(split));
          }
        });
  }

  /** 255, unless it is the category of a class: annotations do not need a value for void. */
  private static List<Long> defaultIgnored(List<ClassDefinition> classes, Layout layout) {
    long ignored = SemanticCounts.IGNORE;
    boolean taken = classes.stream().anyMatch(known -> known.sourceIds().contains(ignored));
    return taken && layout.largestSourceId() > ignored ? List.of() : List.of(ignored);
  }

  private static void checkLabels(
      List<ClassDefinition> classes, List<Long> ignoreLabels, Layout layout) {
    long largestId = layout.largestSourceId();
    // Label maps hold a byte for every pixel, whose last value is the ignore label.
    int most =
        layout.tasks().contains(Task.SEMANTIC) ? SemanticCounts.MAXIMUM_CLASSES : MOST_CLASSES;
    if (classes.size() > most) {
      throw new InvalidInputException(
          "%d classes, expected at most %d in this layout".formatted(classes.size(), most));
    }
    Map<Long, String> owners = new HashMap<>();
    for (int i = 0; i < classes.size(); i++) {
      ClassDefinition definition = classes.get(i);
      if (definition.id() != i) {
        throw new InvalidInputException(
            "class %s has id %d, expected %d: ids count from 0 in the order of the list"
                .formatted(definition.name(), definition.id(), i));
      }
      for (long id : definition.sourceIds()) {
        if (id > largestId) {
          throw new InvalidInputException(
              "class %s: source id %d, expected 0 to %d in this layout"
                  .formatted(definition.name(), id, largestId));
        }
        claim(owners, id, "class " + definition.name());
      }
    }
    for (long id : ignoreLabels) {
      if (id < 0 || id > largestId) {
        throw new InvalidInputException(
            "ignoreLabels holds %d, expected 0 to %d in this layout".formatted(id, largestId));
      }
      claim(owners, id, "ignoreLabels");
    }
  }

  private static void claim(Map<Long, String> owners, long id, String owner) {
    String other = owners.putIfAbsent(id, owner);
    if (other != null) {
      throw new InvalidInputException(
          "label id %d belongs to both %s and %s".formatted(id, other, owner));
    }
  }

  /** K, the number of classes. */
  @JsonIgnore
  public int classCount() {
    return classes.size();
  }

  /** The tasks that there is ground truth for: frames are their own truth of colorization. */
  @JsonIgnore
  public Set<Task> tasks() {
    Set<Task> tasks = EnumSet.of(Task.COLORIZATION);
    tasks.addAll(layout.tasks());
    return tasks;
  }

  /**
   * What frames are opened for whose main loss is wanted: where there are labels, they too, since
   * some losses have a term for pixels.
   *
   * @param task of the loss
   */
  public Set<Task> lossTasks(Task task) {
    Set<Task> tasks = EnumSet.of(task);
    if (!task.seesGray() && layout.tasks().contains(Task.SEMANTIC)) {
      tasks.add(Task.SEMANTIC);
    }
    return tasks;
  }

  /**
   * The folder of the files.
   *
   * @throws InvalidInputException when the root is no path of a file system
   */
  public Path rootFolder() {
    return StorageLocation.parse(root, "root");
  }

  /** The same data set in another folder. */
  public DataSetDefinition withRoot(String otherRoot) {
    return new DataSetDefinition(
        name, title, otherRoot, layout, framesPerSecond, classes, ignoreLabels, splits, published);
  }

  /**
   * The split of a name.
   *
   * @throws InvalidInputException naming the splits there are
   */
  public SplitDefinition split(String split) {
    SplitDefinition definition = splits.get(split);
    if (definition == null) {
      throw new InvalidInputException(
          "data set %s has no split \"%s\"; its splits are %s"
              .formatted(name, split, String.join(", ", splits.keySet())));
    }
    return definition;
  }
}
