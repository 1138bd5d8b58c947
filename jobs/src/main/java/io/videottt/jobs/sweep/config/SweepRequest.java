package io.videottt.jobs.sweep.config;

import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;

/**
 * The sweep that a user asks for.
 *
 * @param config the sweep file
 * @param catalogFolder folder with data set files beside the built-in ones
 * @param roots folders of data sets by name, in place of the file's and the catalogue's
 * @param overrides what is laid over the file
 */
public record SweepRequest(
    Path config, Optional<String> catalogFolder, Map<String, String> roots, Overrides overrides) {

  /** A sweep file as it is. */
  public SweepRequest(Path config, Optional<String> catalogFolder, Map<String, String> roots) {
    this(config, catalogFolder, roots, Overrides.NONE);
  }

  public Catalog catalog(Configuration hadoop) {
    return catalogFolder
        .map(folder -> Catalog.withFolder(new org.apache.hadoop.fs.Path(folder), hadoop))
        .orElseGet(Catalog::builtIn);
  }

  /** Opens a data set where the command line, the file, the environment or the catalogue says. */
  public DataSet open(
      Catalog catalog, String name, Optional<String> fileRoot, Configuration hadoop) {
    return catalog.open(name, Optional.ofNullable(roots.get(name)).or(() -> fileRoot), hadoop);
  }
}
