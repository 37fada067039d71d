using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using PerfMarketing.Proofs;

namespace PerfMarketing.Tests.Proofs;

/// <summary>Ed25519 for tests (RFC 8032 §5.1.7), verifying only, slow, and reviewed by nobody.</summary>
internal sealed class ManagedEd25519 : ISignatureVerifier
{
    private static readonly BigInteger P = BigInteger.Pow(2, 255) - 19;
    private static readonly BigInteger L = BigInteger.Pow(2, 252)
        + BigInteger.Parse("27742317777372353535851937790883648493", CultureInfo.InvariantCulture);

    private static readonly BigInteger D = Mod(-121665 * Invert(121666));
    private static readonly BigInteger Root = BigInteger.ModPow(2, (P - 1) / 4, P);
    private static readonly Point Base = Decode([0x58, .. Enumerable.Repeat((byte)0x66, 31)])!.Value;
    private static readonly byte[] Prefix = [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00];

    public SignatureAnswer Verify(SignatureQuestion question)
    {
        if (question.Algorithm != SignatureAlgorithm.Ed25519)
        {
            return SignatureAnswer.Unsupported;
        }

        ReadOnlySpan<byte> key = question.Key.Span;
        ReadOnlySpan<byte> signature = question.Signature.Span;
        if (key.Length != 44 || !key.StartsWith(Prefix) || signature.Length != 64)
        {
            return SignatureAnswer.Invalid;
        }

        BigInteger s = new(signature[32..], isUnsigned: true);
        if (s >= L || Decode(key[12..]) is not { } a || Decode(signature[..32]) is not { } r)
        {
            return SignatureAnswer.Invalid;
        }

        byte[] hash = SHA512.HashData([.. signature[..32], .. key[12..], .. question.Content.Span]);
        BigInteger k = new BigInteger(hash, isUnsigned: true) % L;
        return Add(r, Multiply(a, k)).Equals(Multiply(Base, s)) ? SignatureAnswer.Valid : SignatureAnswer.Invalid;
    }

    private static BigInteger Mod(BigInteger value) => ((value % P) + P) % P;

    private static BigInteger Invert(BigInteger value) => BigInteger.ModPow(Mod(value), P - 2, P);

    private static Point? Decode(ReadOnlySpan<byte> bytes)
    {
        byte[] copy = bytes.ToArray();
        bool isOdd = (copy[31] & 0x80) != 0;
        copy[31] &= 0x7F;
        BigInteger y = new(copy, isUnsigned: true);
        BigInteger square = Mod(((y * y) - 1) * Invert((D * y * y) + 1));
        BigInteger x = BigInteger.ModPow(square, (P + 3) / 8, P);
        x = Mod(x * x) == square ? x : Mod(x * Root);
        return y >= P || Mod(x * x) != square || (x.IsZero && isOdd)
            ? null
            : new(x.IsEven == isOdd ? P - x : x, y, 1);
    }

    // Projective, so that there is one inversion in the end.
    private static Point Add(Point p, Point q)
    {
        BigInteger a = Mod(p.Z * q.Z);
        BigInteger b = Mod(a * a);
        BigInteger c = Mod(p.X * q.X);
        BigInteger d = Mod(p.Y * q.Y);
        BigInteger e = Mod(D * c * d);
        BigInteger f = Mod(b - e);
        BigInteger g = Mod(b + e);
        return new(
            Mod(a * f * (((p.X + p.Y) * (q.X + q.Y)) - c - d)), Mod(a * g * (d + c)), Mod(f * g));
    }

    private static Point Multiply(Point point, BigInteger times)
    {
        Point sum = new(0, 1, 1);
        for (; times > 0; times >>= 1)
        {
            sum = times.IsEven ? sum : Add(sum, point);
            point = Add(point, point);
        }

        return sum;
    }

    private readonly record struct Point(BigInteger X, BigInteger Y, BigInteger Z)
    {
        public bool Equals(Point other) =>
            Mod(X * other.Z) == Mod(other.X * Z) && Mod(Y * other.Z) == Mod(other.Y * Z);

        public override int GetHashCode() => 0;
    }
}
