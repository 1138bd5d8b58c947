package io.videottt.model;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.videottt.base.Task;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the main head's decoder says about every pixel. A model's {@code config.json} names it under
 * {@link #KEY} unless it is classes.
 */
public enum OutputSpace {
  /** Classes, or masks with a class each: segmentation. */
  @JsonProperty("classes")
  CLASSES("classes"),
  /**
   * The two chroma channels of the pixels of a patch: colorization, for which the paper changes the
   * output space and nothing else (method.md, Section 10). There are no classes.
   */
  @JsonProperty("chroma")
  CHROMA("chroma");

  /** Key in {@code config.json}, which lacks it for classes. */
  public static final String KEY = "output_space";

  private final String id;

  OutputSpace(String id) {
    this.id = id;
  }

  /** Name in {@code config.json}. */
  public String id() {
    return id;
  }

  /** The names of all output spaces. */
  public static List<String> ids() {
    return Arrays.stream(values()).map(OutputSpace::id).toList();
  }

  /** The output space of a name, empty where there is none. */
  public static Optional<OutputSpace> of(String id) {
    return Arrays.stream(values()).filter(space -> space.id.equals(id)).findFirst();
  }

  /**
   * What a network with this output can be used for.
   *
   * @param ofClasses the tasks that the architecture can do with classes
   */
  public Set<Task> tasks(Set<Task> ofClasses) {
    return this == CHROMA ? Set.of(Task.COLORIZATION) : Set.copyOf(ofClasses);
  }
}
