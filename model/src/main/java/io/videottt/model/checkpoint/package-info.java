/**
 * Checkpoints that others wrote, read without running anything of them, and their conversion to
 * model folders: detectron2's pickles, torch.save's archives, safetensors files, Hugging Face's
 * folders.
 */
package io.videottt.model.checkpoint;
