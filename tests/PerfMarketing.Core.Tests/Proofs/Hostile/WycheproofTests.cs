using System.Text.Json;
using PerfMarketing.Proofs;
using PerfMarketing.Proofs.Schemes;

namespace PerfMarketing.Tests.Proofs.Hostile;

/// <summary>The vectors of project Wycheproof through our own wrappers: no false accept and no exception.</summary>
public sealed class WycheproofTests
{
    // Columns of a signature: number, message, signature, valid. Of a code: number, key, message, tag, valid.
    private static readonly JsonElement All = ProofVectors.File("primitives-wycheproof");

    // Source: vectors/primitives-wycheproof.json. The platform takes number 6 of DER, whose s lacks its leading zero;
    // we do not.
    [Theory]
    [InlineData("ecdsaP256Sha256Der", 484)]
    [InlineData("ecdsaP256Sha256P1363", 262)]
    public void Signatures_are_judged_as_the_vectors_say(string group, int count)
    {
        List<string> wrong = [];
        int tried = 0;
        foreach (JsonElement keyed in All.GetProperty(group).EnumerateArray())
        {
            ProofPublicKey key = ProofPublicKey.FromSpki(Hex(keyed.GetProperty("spkiHex")));
            foreach (JsonElement test in keyed.GetProperty("tests").EnumerateArray())
            {
                tried++;
                bool valid = Verify(key, Hex(test[1]), Hex(test[2]), isDer: group == "ecdsaP256Sha256Der");
                if (valid != (test[3].GetInt32() == 1))
                {
                    wrong.Add($"{test[0]}: {test[4]}");
                }
            }
        }

        wrong.Should().BeEmpty();
        tried.Should().Be(count);
    }

    // Keys of 65 bytes are longer than a secret may be; nothing is accepted under them. Tags cut to 128 bits are no
    // codes here.
    [Fact]
    public void Codes_are_judged_as_the_vectors_say()
    {
        List<string> wrong = [];
        int tried = 0;
        int accepted = 0;
        foreach (JsonElement sized in All.GetProperty("hmacSha256").EnumerateArray())
        {
            bool isWhole = sized.GetProperty("tagBits").GetInt32() == 256;
            foreach (JsonElement test in sized.GetProperty("tests").EnumerateArray())
            {
                tried++;
                byte[] key = Hex(test[1]);
                bool valid = Trial(ProofSecret.FromBytes(key), Hex(test[2]), Hex(test[3]));
                accepted += valid ? 1 : 0;
                if (valid != (test[4].GetInt32() == 1 && isWhole && key.Length <= ProofSecret.LengthMax))
                {
                    wrong.Add($"{test[0]}: {test[5]}");
                }
            }
        }

        wrong.Should().BeEmpty();
        tried.Should().Be(174);
        accepted.Should().Be(30);
    }

    private static bool Verify(ProofPublicKey key, byte[] message, byte[] signature, bool isDer)
    {
        byte[] raw = new byte[DerSignature.RawLength];
        return isDer
            ? DerSignature.TryRead(signature, raw) && Trial(key, message, raw)
            : Trial(key, message, signature);
    }

    private static bool Trial(ProofMaterial material, byte[] content, byte[] signature)
    {
        EvidenceInput input = ProofVectors.Input(SchemeId.Jws, content, ProofVectors.LongAgo);
        SignatureTrial trial = new(input, verifier: null);
        trial.TryAll(new(JsonWebSignature.Key(new("k"), material)), keyId: null, algorithm: null, content, signature);
        return trial.Valid is not null;
    }

    private static byte[] Hex(JsonElement text) => Convert.FromHexString(text.GetString()!);
}
