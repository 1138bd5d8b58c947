package io.videottt.io.storage;

import java.io.Closeable;
import java.io.IOException;
import org.apache.hadoop.fs.Path;

/**
 * A file while it is written. {@link #publish} makes it visible under its own name, whole; closing
 * it without that leaves nothing.
 */
public final class UnfinishedFile implements Closeable {

  private final Storage storage;
  private final Path path;
  private final Path file;
  private boolean published;

  UnfinishedFile(Storage storage, Path path, Path file) {
    this.storage = storage;
    this.path = path;
    this.file = file;
  }

  /** Where to write: in the temporary folder, or on the local disk if it will be uploaded. */
  public Path path() {
    return path;
  }

  /** Makes the file, which must be complete and closed, visible, over an older one. */
  public void publish() throws IOException {
    storage.publish(path, file);
    published = true;
  }

  @Override
  public void close() throws IOException {
    if (!published) {
      storage.discard(path);
    }
  }
}
