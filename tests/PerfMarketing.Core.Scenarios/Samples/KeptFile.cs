namespace PerfMarketing.Scenarios.Samples;

/// <summary>A text in the repository that a test makes anew and compares.</summary>
internal static class KeptFile
{
    private const string UpdateVariable = "PERFMARKETING_UPDATE_GOLDEN";

    /// <summary>The folder that holds the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>Reads a file of the repository.</summary>
    public static string Read(string path) =>
        File.ReadAllText(Path.Combine(Root, path)).ReplaceLineEndings("\n");

    /// <summary>Compares a made text with the kept one, or rewrites that when the run was asked to.</summary>
    public static void ShouldBe(string path, string made)
    {
        string full = Path.Combine(Root, path);
        if (Environment.GetEnvironmentVariable(UpdateVariable) == "1")
        {
            File.WriteAllText(full, made);
        }

        string[] kept = File.Exists(full) ? Read(path).Split('\n') : [];
        string[] lines = made.Split('\n');
        int same = kept.Zip(lines).TakeWhile(static pair => pair.First == pair.Second).Count();
        if (same < Math.Max(kept.Length, lines.Length))
        {
            Assert.Fail(
                $"{path}({same + 1}) differs; {UpdateVariable}=1 rewrites it.\n"
                + $"kept {kept.ElementAtOrDefault(same)}\nnow  {lines.ElementAtOrDefault(same)}");
        }
    }

    private static string FindRoot()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "PerfMarketing.Core.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new InvalidOperationException("The tests run inside the repository.");
    }
}
