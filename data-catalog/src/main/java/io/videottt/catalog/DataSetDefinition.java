package io.videottt.catalog;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.videottt.metrics.InvalidInputException;
import io.videottt.metrics.SemanticCounts;
import java.io.Serializable;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a catalogue file says about a data set. Serialisable, so that a task elsewhere can open the
 * same data.
 *
 * @param name short name: small letters, digits and hyphens
 * @param title name as printed
 * @param root folder of the files, any Hadoop path; empty for generated data
 * @param layout where the files lie below the root
 * @param framesPerSecond frame rate of the recordings
 * @param classes the K classes for all tasks, in the order of their training ids; a catalogue file
 *     may name one of the lists that come along instead ({@code coco-133}, {@code coco-80})
 * @param ignoreLabels ids in the label files that stand for pixels without ground truth; 255 when
 *     left out
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
    List<Integer> ignoreLabels,
    Map<String, SplitDefinition> splits,
    boolean published)
    implements Serializable {

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
    if (!(framesPerSecond > 0 && framesPerSecond < Double.POSITIVE_INFINITY)) {
      throw new InvalidInputException(
          "framesPerSecond is %s, expected more than 0".formatted(framesPerSecond));
    }
    if (classes == null || classes.isEmpty()) {
      throw new InvalidInputException("classes is missing: a data set needs at least one class");
    }
    classes = List.copyOf(classes);
    ignoreLabels =
        ignoreLabels == null ? List.of(SemanticCounts.IGNORE) : List.copyOf(ignoreLabels);
    checkLabels(classes, ignoreLabels);
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

  private static void checkLabels(List<ClassDefinition> classes, List<Integer> ignoreLabels) {
    // The last byte value is the ignore label.
    if (classes.size() > SemanticCounts.MAXIMUM_CLASSES) {
      throw new InvalidInputException(
          "%d classes, expected at most %d"
              .formatted(classes.size(), SemanticCounts.MAXIMUM_CLASSES));
    }
    String[] owners = new String[256];
    for (int i = 0; i < classes.size(); i++) {
      ClassDefinition definition = classes.get(i);
      if (definition.id() != i) {
        throw new InvalidInputException(
            "class %s has id %d, expected %d: ids count from 0 in the order of the list"
                .formatted(definition.name(), definition.id(), i));
      }
      for (int id : definition.sourceIds()) {
        claim(owners, id, "class " + definition.name());
      }
    }
    for (int id : ignoreLabels) {
      if (id < 0 || id > 255) {
        throw new InvalidInputException("ignoreLabels holds %d, expected 0 to 255".formatted(id));
      }
      claim(owners, id, "ignoreLabels");
    }
  }

  private static void claim(String[] owners, int id, String owner) {
    if (owners[id] != null) {
      throw new InvalidInputException(
          "label id %d belongs to both %s and %s".formatted(id, owners[id], owner));
    }
    owners[id] = owner;
  }

  /** K, the number of classes. */
  @JsonIgnore
  public int classCount() {
    return classes.size();
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
