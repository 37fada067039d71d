using System.Text;

namespace PerfMarketing.Tests.Architecture;

/// <summary>Compares a made text with the one that is kept in the repository, and rewrites it on demand.</summary>
internal static class Golden
{
    public const string UpdateVariable = "PERFMARKETING_UPDATE_GOLDEN";

    /// <summary>Whether this run rewrites the kept texts instead of comparing with them.</summary>
    public static bool Updates => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    /// <summary>What differs between the kept text and the made one, line by line; null when nothing does.</summary>
    /// <param name="path">The kept file, from the repository's root.</param>
    /// <param name="made">The text as it should be.</param>
    public static string? Compare(string path, string made)
    {
        string full = Path.Combine(SourceTree.Root, path);
        string kept = File.Exists(full) ? File.ReadAllText(full).ReplaceLineEndings("\n") : string.Empty;
        if (kept == made)
        {
            return null;
        }

        if (Updates)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, made);
            return null;
        }

        string diff = Diff(kept.Split('\n'), made.Split('\n'));
        return $"{path} differs (- kept, + now); {UpdateVariable}=1 rewrites it:\n{diff}";
    }

    // The longest common subsequence; the texts are a few hundred lines.
    private static string Diff(string[] kept, string[] made)
    {
        int[][] common = [.. Enumerable.Range(0, kept.Length + 1).Select(_ => new int[made.Length + 1])];
        for (int i = kept.Length - 1; i >= 0; i--)
        {
            for (int j = made.Length - 1; j >= 0; j--)
            {
                common[i][j] = kept[i] == made[j] ? common[i + 1][j + 1] + 1
                    : Math.Max(common[i + 1][j], common[i][j + 1]);
            }
        }

        StringBuilder text = new();
        int k = 0;
        int m = 0;
        while (k < kept.Length || m < made.Length)
        {
            if (k < kept.Length && m < made.Length && kept[k] == made[m])
            {
                k++;
                m++;
            }
            else if (m == made.Length || (k < kept.Length && common[k + 1][m] >= common[k][m + 1]))
            {
                text.Append("- ").Append(kept[k++]).Append('\n');
            }
            else
            {
                text.Append("+ ").Append(made[m++]).Append('\n');
            }
        }

        return text.ToString();
    }
}
