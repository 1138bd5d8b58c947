package io.videottt.reports;

import io.videottt.base.Task;
import java.util.Optional;

/** Tells why a method cannot be run for a task, where it cannot. */
@FunctionalInterface
public interface MissingReasons {

  /**
   * The reason, in a sentence.
   *
   * @param method id of the method
   * @param task what would be predicted
   * @return empty when it can be run
   */
  Optional<String> reason(String method, Task task);
}
