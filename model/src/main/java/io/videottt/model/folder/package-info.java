/** Model folders: weights and configuration on disk, and the model that is loaded from them. */
package io.videottt.model.folder;
