var model = new FileInfo(Path.Combine(AppContext.BaseDirectory, "models", "lexi.pth"));
Console.WriteLine($"{model.Name}: {model.Length} bytes");
