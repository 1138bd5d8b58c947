package io.videottt.model.checkpoint;

import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.Path;

/**
 * The content of a checkpoint, before anything is made of its names.
 *
 * @param source file or folder, for messages
 * @param form what kind of file it is, for people
 * @param tensors in the order of the file, each name once
 * @param others names of what stands among the tensors and is none
 * @param configuration the config.json beside it, where there is one
 */
record Checkpoint(
    String source,
    String form,
    List<StoredTensor> tensors,
    List<String> others,
    Optional<Path> configuration,
    List<String> unread) {

  /** A checkpoint of one file, or of which every file is read. */
  Checkpoint(
      String source,
      String form,
      List<StoredTensor> tensors,
      List<String> others,
      Optional<Path> configuration) {
    this(source, form, tensors, others, configuration, List.of());
  }

  Checkpoint {
    tensors = List.copyOf(tensors);
    others = List.copyOf(others);
    unread = List.copyOf(unread);
  }
}
