package io.videottt.io.storage;

import java.io.IOException;
import java.net.URI;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The file systems that paths are on, as {@link Path#getFileSystem} finds them, the local disk
 * without what it takes to find the others: reading every file system's class and learning who the
 * user is take longer than a short command.
 */
public final class FileSystems {

  private static final String LOCAL_SCHEME = "file";
  private static final URI LOCAL = URI.create("file:///");

  /** Where Hadoop's settings name another class for local paths, that one counts. */
  private static final String LOCAL_CLASS = "fs.file.impl";

  private static LocalFileSystem local;

  private FileSystems() {}

  /**
   * The file system of a path; the same object for all paths of one system.
   *
   * @throws IOException when there is no such file system or it cannot be reached
   */
  public static FileSystem of(Path path, Configuration hadoop) throws IOException {
    return isLocal(path.toUri(), hadoop) ? local(hadoop) : path.getFileSystem(hadoop);
  }

  private static boolean isLocal(URI path, Configuration hadoop) {
    URI located =
        path.getScheme() == null && path.getAuthority() == null
            ? FileSystem.getDefaultUri(hadoop)
            : path;
    return LOCAL_SCHEME.equals(located.getScheme())
        && located.getAuthority() == null
        && hadoop.get(LOCAL_CLASS) == null;
  }

  private static synchronized LocalFileSystem local(Configuration hadoop) throws IOException {
    if (local == null) {
      LocalFileSystem created = new LocalFileSystem();
      created.initialize(LOCAL, hadoop);
      local = created;
    }
    return local;
  }
}
