import { forward } from '../../../../data/proxy.ts';

export const dynamic = 'force-dynamic';
export const runtime = 'nodejs';

interface Context {
  readonly params: Promise<{ path: string[] }>;
}

const handle = async (request: Request, { params }: Context): Promise<Response> => forward(request, (await params).path);
export { handle as GET, handle as POST };
