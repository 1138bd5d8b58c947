package io.videottt.model.checkpoint;

import java.util.List;

/**
 * The names of the classes that a model predicts.
 *
 * @param source the list's or the data set's name, for messages
 * @param names in the order of the class ids
 */
public record ClassList(String source, List<String> names) {

  /** Copies the names. */
  public ClassList {
    names = List.copyOf(names);
  }
}
