package io.videottt.jobs.cli;

import io.videottt.catalog.Catalog;
import io.videottt.jobs.runtime.HadoopSettings;
import org.apache.hadoop.fs.Path;
import picocli.CommandLine.Option;

/** Where data sets are looked up. */
public final class CatalogOptions {

  @Option(
      names = "--catalog",
      paramLabel = "DIR",
      description = "Folder with data set files of your own, beside the built-in ones.")
  private String folder;

  /** The catalogue. */
  public Catalog open() {
    return folder == null
        ? Catalog.builtIn()
        : Catalog.withFolder(new Path(folder), HadoopSettings.standard());
  }
}
