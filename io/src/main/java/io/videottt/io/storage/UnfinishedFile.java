package io.videottt.io.storage;

import java.io.Closeable;
import java.io.IOException;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/**
 * A file while it is written. {@link #publish} makes it visible under its own name, whole; closing
 * it without that leaves nothing.
 */
public final class UnfinishedFile implements Closeable {

  /** What {@link Storage#begin} calls one: hidden, the file's own name if it fits, and a UUID. */
  private static final Pattern NAME =
      Pattern.compile("\\.(.+\\.)?\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  private final Storage storage;
  private final Path path;
  private final Path file;
  private boolean published;

  UnfinishedFile(Storage storage, Path path, Path file) {
    this.storage = storage;
    this.path = path;
    this.file = file;
  }

  /** Whether a file of this name is one that was begun, and never published if it stays. */
  public static boolean isName(String name) {
    return NAME.matcher(name).matches();
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
