"""Writes an export in half precision as RVC does (57 MB for a checkpoint of 450 MB): make_half_export.py CHECKPOINT OUT.pth

Weights that only training needs are left out, and the others rounded by Tensor.half().
"""
import collections
import sys

import torch

checkpoint = torch.load(sys.argv[1], map_location="cpu")
weight = collections.OrderedDict((name, tensor.half()) for name, tensor in checkpoint["model"].items() if not name.startswith("enc_q."))
torch.save({"weight": weight, "config": [1025, 32, 192], "info": "132epoch", "sr": "48k", "f0": 1, "version": "v2"}, sys.argv[2])
