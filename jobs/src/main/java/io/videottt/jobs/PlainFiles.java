package io.videottt.jobs;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;

/** Files for people: on a local disk without the hidden checksum files that Hadoop adds. */
final class PlainFiles {

  private PlainFiles() {}

  /** Opens a file for writing, over an older one if there is one; makes its folder. */
  static OutputStream create(Path file, Configuration hadoop) throws IOException {
    FileSystem files = file.getFileSystem(hadoop);
    return (files instanceof LocalFileSystem local ? local.getRaw() : files).create(file, true);
  }
}
