"""What people do today: load a checkpoint with PyTorch and list its keys."""
import sys

import torch

checkpoint = torch.load(sys.argv[1], map_location="cpu")
for name, tensor in checkpoint["model"].items():
    print(name, list(tensor.shape))
