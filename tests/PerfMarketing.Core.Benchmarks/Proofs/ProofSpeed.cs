using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PerfMarketing.Benchmarks.Integrity;
using PerfMarketing.Serialization;

namespace PerfMarketing.Benchmarks.Proofs;

/// <summary>
/// What proofs cost beside what the platform does of it, in turns and in one process: for machines that do other things
/// too, where one run after another measures the others.
/// </summary>
internal static class ProofSpeed
{
    private const int Rounds = 25;

    /// <summary>Runs it: <c>--proofs</c>.</summary>
    public static void Run()
    {
        StandardWebhooksBenchmarks webhooks = new();
        using SignatureBenchmarks signatures = new();
        ProofPolicyBenchmarks policies = new();
        MerkleBenchmarks tree = new();
        byte[] secret = new byte[24];
        byte[] content = new byte[320];
        byte[] body = new byte[300];
        byte[] hash = new byte[32];
        Compare(
            "webhook of 300 bytes", 4_000, () => webhooks.Verify_one_key(),
            "the platform's two hashes",
            () => HMACSHA256.HashData(secret, content, hash) + SHA256.HashData(body, hash));
        Compare(
            "webhook with three claims", 4_000, () => webhooks.Verify_with_claims(),
            "the same without claims", () => webhooks.Verify_one_key());
        Compare(
            "ES256 with claims", 100, () => signatures.Es256_with_claims(),
            "the platform's verification", () => signatures.Platform());
        Compare(
            "all of three over six pieces", 20_000, () => policies.Judge_all_of_three(),
            "one requirement", () => policies.Judge_one_requirement());
        Compare(
            "append of a leaf hash", 20_000, () => tree.Append(),
            "SHA-256 of 65 bytes", () => SHA256.HashData(body.AsSpan(0, 65), hash));
        CompareLong();
    }

    // 64 kB that are made to take long; the goal is 5 ms.
    private static void CompareLong()
    {
        byte[] contracts = Filled("{\"contracts\":[1", static _ => ",1", "]}");
        Compare(
            "64 kB of contracts", 40, () => CampaignJson.TryParseCampaign(contracts, [], out _),
            "the platform's reading", () => Read(contracts));
    }

    private static object? Read(byte[] text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return null;
    }

    private static byte[] Filled(string first, Func<int, string> more, string last)
    {
        StringBuilder text = new(first);
        for (int i = 0; text.Length < (64 * 1024) - 16; i++)
        {
            _ = text.Append(more(i));
        }

        return Encoding.UTF8.GetBytes(text.Append(last).ToString());
    }

    private static void Compare(string name, int count, Func<object?> ours, string other, Func<object?> naive)
    {
        for (int i = 0; i < 4; i++)
        {
            _ = Time(ours, count);
            _ = Time(naive, count);
            Thread.Sleep(100);
        }

        double[] own = new double[Rounds];
        double[] beside = new double[Rounds];
        double[] ratios = new double[Rounds];
        for (int i = 0; i < Rounds; i++)
        {
            bool isFirst = i % 2 == 0;
            double first = Time(isFirst ? ours : naive, count);
            double second = Time(isFirst ? naive : ours, count);
            (own[i], beside[i]) = isFirst ? (first, second) : (second, first);
            ratios[i] = own[i] / beside[i];
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread();
        _ = ours();
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Print(name, own);
        Print(other, beside);
        Array.Sort(ratios);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  ratio of one round: median {ratios[Rounds / 2]:0.00}, best {ratios[0]:0.00}; {allocated} bytes"));
    }

    private static void Print(string name, double[] nanoseconds)
    {
        Array.Sort(nanoseconds);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name,-32} median {nanoseconds[Rounds / 2],9:#,0} ns  best {nanoseconds[0],9:#,0} ns"));
    }

    // Nothing else runs in this process: its processor time is that of the loop.
    private static double Time(Func<object?> call, int count)
    {
        TimeSpan used = Environment.CpuUsage.TotalTime;
        for (int i = 0; i < count; i++)
        {
            _ = call();
        }

        return (Environment.CpuUsage.TotalTime - used).TotalNanoseconds / count;
    }
}
