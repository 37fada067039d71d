using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using BenchmarkDotNet.Attributes;
using NodaTime;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Benchmarks.Proofs;

/// <summary>What a signature costs with a kept key, beside the platform's own verification of the same bytes.</summary>
[MemoryDiagnoser]
public class SignatureBenchmarks : IDisposable
{
    private static readonly Instant Now = Instant.FromUnixTimeSeconds(1_800_000_000);

    private readonly ECDsa platform = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] content;
    private readonly byte[] signature;
    private readonly EvidenceInput input;
    private readonly KeyRing keys;

    public SignatureBenchmarks()
    {
        string payload = """{"jti":"e-1","iat":1800000000,"order":"o-7","amount":"49.90","currency":"EUR"}""";
        content = Encoding.ASCII.GetBytes($"{Encode("""{"alg":"ES256"}""")}.{Encode(payload)}");
        signature = platform.SignData(content, HashAlgorithmName.SHA256);
        input = new()
        {
            Kind = "order-paid",
            Scheme = SchemeId.Jws,
            ReceivedAt = Now,
            Body = Encoding.ASCII.GetBytes(
                $"{Encoding.ASCII.GetString(content)}.{Base64Url.EncodeToString(signature)}"),
        };
        keys = new(JsonWebSignature.Key(new("k"), ProofPublicKey.FromSpki(platform.ExportSubjectPublicKeyInfo())));
    }

    [Benchmark(Baseline = true)]
    public bool Platform() => platform.VerifyData(content, signature, HashAlgorithmName.SHA256);

    [Benchmark]
    public EvidenceVerdict Es256_with_claims() => EvidenceSchemes.Default.Verify(input, keys);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool isDisposing)
    {
        if (isDisposing)
        {
            platform.Dispose();
        }
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
